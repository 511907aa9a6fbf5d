import { SegmentedControl } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { useFilter } from '../filters/use-filter.ts'
import { Amount } from '../parts/amount.tsx'
import { Empty } from '../parts/empty.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { PageList, type Column } from '../tables/page-list.tsx'
import { SideSheet } from '../parts/side-sheet.tsx'
import { State } from '../parts/state.tsx'
import { When } from '../parts/when.tsx'
import { usePages } from '../session/use-ask.ts'
import { useWords } from '../words/use-words.ts'
import { readDetail, type Break } from './break-detail.ts'
import { BreakSheet } from './break-sheet.tsx'
import { breakKindWords, breakWords } from './break-words.ts'

const route = getRouteApi('/t/$tenant/breaks')

export function BreaksPage() {
  const words = useWords(breakWords)
  const { tenant } = route.useParams()
  const [show, chooseShow] = useFilter('show')
  const [opened, open] = useFilter('break')
  const all = show === 'all'
  const answer = usePages({
    key: ['breaks', tenant, all],
    ask: (client, cursor) => client.books.breaks.query({ tenant, all, cursor, limit: 50 }),
  })
  const found = answer.data?.find(({ id }) => id === opened)
  return (
    <>
      <PageHead title={words.title} text={words.text}>
        <SegmentedControl
          size="xs"
          aria-label={words.which}
          value={all ? 'all' : 'open'}
          onChange={(value) => chooseShow(value === 'all' ? value : null)}
          data={[
            { value: 'open', label: words.open },
            { value: 'all', label: words.all },
          ]}
        />
      </PageHead>
      <PageList
        label={words.title}
        answer={answer}
        columns={useColumns()}
        keyOf={({ id }) => id}
        open={({ id }) => open(id)}
        empty={<Empty title={all ? words.noneAll : words.none} text={words.noneText} />}
      />
      <SideSheet opened={found !== undefined} close={() => open(null)} title={words.detail}>
        {found && <BreakSheet found={found} />}
      </SideSheet>
    </>
  )
}

function useColumns(): readonly Column<Break>[] {
  const words = useWords(breakWords)
  const kinds: Readonly<Record<string, string>> = useWords(breakKindWords)
  return [
    { name: words.kind, cell: ({ kind }) => kinds[kind] ?? kind },
    { name: words.state, cell: ({ state }) => <State state={state} /> },
    { name: words.bank, cell: ({ bank }) => bank, wide: true },
    { name: words.assignee, cell: ({ assignee }) => assignee ?? '—', wide: true },
    { name: words.opened, cell: ({ openedAt }) => <When at={openedAt} />, wide: true },
    { name: words.difference, cell: ({ detail }) => <Difference detail={detail} />, right: true },
  ]
}

function Difference({ detail }: { readonly detail: unknown }) {
  const { difference } = readDetail(detail)
  return difference ? <Amount amount={difference} /> : <>—</>
}
