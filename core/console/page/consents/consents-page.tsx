import { getRouteApi } from '@tanstack/react-router'
import { ChoiceFilter, Filters } from '../filters/filters.tsx'
import { useFilter } from '../filters/use-filter.ts'
import { Empty } from '../parts/empty.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { PageList, type Column } from '../tables/page-list.tsx'
import { SideSheet } from '../parts/side-sheet.tsx'
import { State } from '../parts/state.tsx'
import { When } from '../parts/when.tsx'
import { usePages } from '../session/use-ask.ts'
import { stateWords } from '../words/state-words.ts'
import { useWords } from '../words/use-words.ts'
import { ConsentSheet, Purpose } from './consent-sheet.tsx'
import { consentWords, purposeWords } from './consent-words.ts'
import type { Consent, ConsentState } from './consent.ts'

const route = getRouteApi('/t/$tenant/consents')

const states = ['asked', 'granted', 'refused', 'lapsed', 'withdrawn', 'expired', 'suspended'] as const

export function ConsentsPage() {
  const words = useWords(consentWords)
  const { tenant } = route.useParams()
  const { state, purpose } = route.useSearch()
  const [opened, open] = useFilter('consent')
  const filters = {
    ...(state === undefined ? {} : { state: state as ConsentState }),
    ...(purpose === undefined ? {} : { purpose }),
  }
  const answer = usePages({
    key: ['consents', tenant, filters],
    ask: (client, cursor) => client.consents.list.query({ tenant, ...filters, cursor, limit: 50 }),
  })
  const filtered = Object.keys(filters).length > 0
  const found = answer.data?.find(({ id }) => id === opened)
  return (
    <>
      <PageHead title={words.title} text={words.text} />
      <ConsentFilters filtered={filtered} />
      <PageList
        label={words.title}
        answer={answer}
        columns={useColumns()}
        keyOf={({ id }) => id}
        open={({ id }) => open(id)}
        empty={
          <Empty
            title={filtered ? words.noneFound : words.none}
            text={filtered ? words.noneFoundText : words.noneText}
          />
        }
      />
      <SideSheet opened={found !== undefined} close={() => open(null)} title={words.detail}>
        {found && <ConsentSheet consent={found} />}
      </SideSheet>
    </>
  )
}

function ConsentFilters({ filtered }: { readonly filtered: boolean }) {
  const words = useWords(consentWords)
  const names = useWords(stateWords)
  const purposes = useWords(purposeWords)
  return (
    <Filters filtered={filtered}>
      <ChoiceFilter
        name="state"
        label={words.state}
        choices={states.map((value) => ({ value, label: names[value] }))}
      />
      <ChoiceFilter
        name="purpose"
        label={words.purpose}
        choices={Object.entries(purposes).map(([value, label]) => ({ value, label }))}
      />
    </Filters>
  )
}

function useColumns(): readonly Column<Consent>[] {
  const words = useWords(consentWords)
  return [
    { name: words.purpose, cell: ({ purpose }) => <Purpose id={purpose} /> },
    { name: words.state, cell: ({ state }) => <State state={state} /> },
    { name: words.receiver, cell: ({ receiver }) => receiver, wide: true },
    {
      name: words.subscriber,
      cell: ({ subscriber }) => <span className="mono">{subscriber.slice(-8)}</span>,
      wide: true,
    },
    { name: words.expires, cell: ({ expiresAt }) => <When at={expiresAt} />, wide: true },
    { name: words.asked, cell: ({ askedAt }) => <When at={askedAt} />, right: true },
  ]
}
