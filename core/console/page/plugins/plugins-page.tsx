import { SegmentedControl } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { useFilter } from '../filters/use-filter.ts'
import { Empty } from '../parts/empty.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { PageList, type Column } from '../tables/page-list.tsx'
import { State } from '../parts/state.tsx'
import { When } from '../parts/when.tsx'
import { usePages } from '../session/use-ask.ts'
import { useTenantSettings } from '../session/use-tenant.ts'
import { fillIn } from '../words/fill-in.ts'
import { useWords } from '../words/use-words.ts'
import { Catalogue } from './catalogue.tsx'
import { PluginName } from './plugin-name.tsx'
import { pluginWords } from './plugin-words.ts'
import { bankOf, findNewest, isGone, useCatalogue, type Installation } from './use-package.ts'

const route = getRouteApi('/t/$tenant/plugins')

export function PluginsPage() {
  const words = useWords(pluginWords)
  const [kind, chooseKind] = useFilter('kind')
  return (
    <>
      <PageHead title={words.title} text={words.text} />
      <section aria-label={words.installed}>
        <div className="panel-head">
          <h2>{words.installed}</h2>
          <SegmentedControl
            size="xs"
            aria-label={words.which}
            value={kind === 'bank' ? 'bank' : 'scene'}
            onChange={(value) => chooseKind(value === 'bank' ? value : null)}
            data={[
              { value: 'scene', label: words.scenes },
              { value: 'bank', label: words.dialogues },
            ]}
          />
        </div>
        <InstalledList ofBank={kind === 'bank'} />
      </section>
      <Catalogue />
    </>
  )
}

function InstalledList({ ofBank }: { readonly ofBank: boolean }) {
  const words = useWords(pluginWords)
  const { tenant } = route.useParams()
  const navigate = route.useNavigate()
  const answer = usePages({
    key: ['installations', tenant, 'list', ofBank],
    ask: async (client) => {
      const all = await client.installations.list.query({ tenant })
      const items = all.filter((each) => !isGone(each) && (bankOf(each.bot) !== undefined) === ofBank)
      return { items, next: null }
    },
  })
  const open = ({ bot, plugin }: Installation): void =>
    void navigate({ to: '/t/$tenant/plugins/$bot/$plugin', params: { tenant, bot, plugin } })
  return (
    <PageList
      label={words.installed}
      answer={answer}
      columns={useColumns(ofBank)}
      keyOf={({ bot, plugin }) => `${bot} ${plugin}`}
      open={open}
      empty={<Empty title={words.none} text={words.noneText} />}
    />
  )
}

function useColumns(ofBank: boolean): readonly Column<Installation>[] {
  const words = useWords(pluginWords)
  const { bots } = useTenantSettings()
  return [
    { name: words.plugin, cell: ({ plugin, version }) => <PluginName plugin={plugin} version={version} /> },
    { name: words.state, cell: ({ state }) => <State state={state} /> },
    {
      name: ofBank ? words.bank : words.bot,
      cell: ({ bot }) => bankOf(bot) ?? bots.get(bot) ?? bot,
      wide: true,
    },
    { name: words.version, cell: (row) => <VersionCell {...row} />, wide: true },
    { name: words.updated, cell: ({ updatedAt }) => <When at={updatedAt} />, right: true, wide: true },
  ]
}

function VersionCell({ plugin, version }: Installation) {
  const words = useWords(pluginWords)
  const newest = findNewest(useCatalogue().data ?? [], plugin)
  return (
    <span className="step-line">
      {version}
      {newest && newest.version !== version && (
        <span className="state state-busy">{fillIn(words.upgradeTo, { version: newest.version })}</span>
      )}
    </span>
  )
}
