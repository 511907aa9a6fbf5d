import { Select } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import type { AdminApi } from '@inthread/client'
import { TextFilter } from '../filters/filters.tsx'
import { useFilter } from '../filters/use-filter.ts'
import { Empty } from '../parts/empty.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { PageList, type Column } from '../tables/page-list.tsx'
import { RowsSkeleton } from '../parts/page-skeleton.tsx'
import { Problem } from '../parts/problem.tsx'
import { bankOf, isGone, useInstallations } from '../plugins/use-package.ts'
import { usePages } from '../session/use-ask.ts'
import { useLanguage, useWords } from '../words/use-words.ts'
import { languagesOf, pickLanguage, wordingOf, type Template } from './template.ts'
import { TextEditor } from './text-editor.tsx'
import { textWords } from './text-words.ts'

const route = getRouteApi('/t/$tenant/texts')

/** The texts of one plugin; the one that is chosen is worded and looked at. */
export function TextsPage() {
  const words = useWords(textWords)
  const { tenant } = route.useParams()
  const { plugin: chosen, text } = route.useSearch()
  const { data, error, refetch } = useInstallations(tenant)
  const scenes = (data ?? []).filter((each) => !isGone(each) && bankOf(each.bot) === undefined)
  const plugins = [...new Set(scenes.map(({ plugin }) => plugin))]
  const plugin = chosen ?? plugins[0]
  if (error) return <Problem error={error} retry={() => void refetch()} />
  if (!data) return <RowsSkeleton rows={8} />
  if (plugin !== undefined && text !== undefined)
    return <TextEditor key={`${plugin} ${text}`} tenant={tenant} plugin={plugin} text={text} />
  return (
    <>
      <PageHead title={words.title} text={words.text} />
      {plugin === undefined ? (
        <Empty title={words.none} text={words.noneText} />
      ) : (
        <TextList tenant={tenant} plugin={plugin} plugins={plugins} />
      )}
    </>
  )
}

interface ListProps {
  readonly tenant: string
  readonly plugin: string
  readonly plugins: readonly string[]
}

function TextList({ tenant, plugin, plugins }: ListProps) {
  const words = useWords(textWords)
  const navigate = route.useNavigate()
  const [, choosePlugin] = useFilter('plugin')
  const { find = '' } = route.useSearch()
  const answer = usePages({
    key: ['templates', tenant, plugin, find],
    ask: async (client) => ({ items: await readTexts(client, { tenant, plugin, find }), next: null }),
  })
  return (
    <>
      <search className="filters">
        <Select label={words.plugin} data={[...plugins]} value={plugin} onChange={choosePlugin} allowDeselect={false} />
        <TextFilter name="find" label={words.search} placeholder={words.searchHelp} />
      </search>
      <PageList
        label={words.title}
        answer={answer}
        columns={useColumns()}
        keyOf={({ text }) => text}
        open={({ text }) => void navigate({ search: { plugin, text } })}
        empty={<Empty title={words.noneFound} text={words.noneFoundText} />}
      />
    </>
  )
}

interface Wanted {
  readonly tenant: string
  readonly plugin: string
  readonly find: string
}

/** A plugin has some hundreds of them at most: they are looked through here. */
async function readTexts(client: AdminApi, { tenant, plugin, find }: Wanted): Promise<readonly Template[]> {
  const found: Template[] = []
  let cursor: string | undefined
  do {
    const page: Awaited<ReturnType<AdminApi['templates']['list']['query']>> = await client.templates.list.query({
      ...{ tenant, plugin, cursor, limit: 200 },
    })
    found.push(...page.items)
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  const wanted = find.toLowerCase()
  return found.filter(({ text, wording, own }) => {
    const said = [...Object.values(wording), ...Object.values(own).map(({ source }) => source)]
    return [text, ...said].some((each) => each.toLowerCase().includes(wanted))
  })
}

function useColumns(): readonly Column<Template>[] {
  const words = useWords(textWords)
  const page = useLanguage()
  return [
    { name: words.name, cell: ({ text }) => <span className="mono">{text}</span> },
    {
      name: words.wording,
      cell: (template) => (
        <span className="cut cut-long">
          {wordingOf(template, pickLanguage(languagesOf(template), undefined, page))}
        </span>
      ),
    },
    { name: words.own, cell: ({ own }) => <OwnMark own={own} />, right: true, wide: true },
  ]
}

function OwnMark({ own }: Pick<Template, 'own'>) {
  const words = useWords(textWords)
  const languages = Object.entries(own)
  if (languages.length === 0) return null
  if (languages.some(([, { fits }]) => !fits)) return <span className="state state-wait">{words.unfit}</span>
  return <span className="state state-good">{languages.map(([language]) => language).join(' · ')}</span>
}
