import { getRouteApi } from '@tanstack/react-router'
import { Empty } from '../parts/empty.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { PageList, type Column } from '../tables/page-list.tsx'
import { usePages } from '../session/use-ask.ts'
import { useLocale } from '../session/use-tenant.ts'
import { fillIn } from '../words/fill-in.ts'
import { useWords } from '../words/use-words.ts'
import type { Collection } from './collection.ts'
import { dataWords } from './data-words.ts'

const route = getRouteApi('/t/$tenant/data')

export function DataPage() {
  const words = useWords(dataWords)
  const { tenant } = route.useParams()
  const navigate = route.useNavigate()
  const answer = usePages({
    key: ['collections', tenant, 'list'],
    ask: async (client) => ({ items: await client.collections.list.query({ tenant }), next: null }),
  })
  const open = ({ plugin, collection }: Collection): void =>
    void navigate({ to: '/t/$tenant/data/$plugin/$collection', params: { tenant, plugin, collection } })
  return (
    <>
      <PageHead title={words.title} text={words.text} />
      <PageList
        label={words.title}
        answer={answer}
        columns={useColumns()}
        keyOf={({ plugin, collection }) => `${plugin} ${collection}`}
        open={open}
        empty={<Empty title={words.none} text={words.noneText} />}
      />
    </>
  )
}

function useColumns(): readonly Column<Collection>[] {
  const words = useWords(dataWords)
  const locale = useLocale()
  const numbers = new Intl.NumberFormat(locale)
  return [
    { name: words.collection, cell: ({ collection }) => <span className="mono">{collection}</span> },
    { name: words.plugin, cell: ({ plugin }) => plugin, wide: true },
    {
      name: words.kind,
      cell: ({ dataClass }) => (
        <span className={dataClass === 'public' ? 'state state-calm' : 'state state-busy'}>{words[dataClass]}</span>
      ),
    },
    { name: words.fields, cell: ({ fields }) => <span className="faint cut">{fields.join(', ')}</span>, wide: true },
    { name: words.state, cell: (row) => <Condition collection={row} />, wide: true },
    { name: words.documents, cell: ({ documents }) => numbers.format(documents), right: true },
  ]
}

function Condition({ collection: { outdated, stuck } }: { readonly collection: Collection }) {
  const words = useWords(dataWords)
  if (stuck > 0) return <span className="state state-bad">{fillIn(words.stuck, { n: stuck })}</span>
  if (outdated > 0) return <span className="state state-wait">{fillIn(words.outdated, { n: outdated })}</span>
  return null
}
