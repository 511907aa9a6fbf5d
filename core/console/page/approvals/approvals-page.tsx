import { getRouteApi } from '@tanstack/react-router'
import { ChoiceFilter, Filters } from '../filters/filters.tsx'
import { Empty } from '../parts/empty.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { PageList, type Column } from '../tables/page-list.tsx'
import { State } from '../parts/state.tsx'
import { When } from '../parts/when.tsx'
import { usePages } from '../session/use-ask.ts'
import { useLocale } from '../session/use-tenant.ts'
import { stateWords } from '../words/state-words.ts'
import { useWords } from '../words/use-words.ts'
import { approvalWords, subjectWords } from './approval-words.ts'
import { describeChange, type Proposal } from './describe-change.ts'
import { ProposalSheet } from './proposal-sheet.tsx'

const route = getRouteApi('/t/$tenant/approvals')

const states = ['open', 'approved', 'rejected', 'voided'] as const

export function ApprovalsPage() {
  const words = useWords(approvalWords)
  const names = useWords(stateWords)
  const { tenant } = route.useParams()
  const { proposal, state } = route.useSearch()
  const navigate = route.useNavigate()
  const answer = usePages({
    key: ['proposals', tenant, 'list', state],
    ask: (client, cursor) =>
      client.proposals.list.query({ tenant, cursor, limit: 50, state: states.find((each) => each === state) }),
  })
  const open = (id: string | undefined): void =>
    void navigate({ search: ({ proposal: _, ...rest }) => (id === undefined ? rest : { ...rest, proposal: id }) })
  return (
    <>
      <PageHead title={words.title} text={words.text} />
      <Filters filtered={state !== undefined}>
        <ChoiceFilter
          name="state"
          label={words.state}
          choices={states.map((value) => ({ value, label: names[value] }))}
        />
      </Filters>
      <PageList
        label={words.title}
        answer={answer}
        columns={useColumns()}
        keyOf={({ id }) => id}
        open={({ id }) => open(id)}
        empty={<Empty title={words.none} text={words.noneText} />}
      />
      <ProposalSheet id={proposal} close={() => open(undefined)} />
    </>
  )
}

function useColumns(): readonly Column<Proposal>[] {
  const words = useWords(approvalWords)
  const subjects = useWords(subjectWords)
  const locale = useLocale()
  return [
    {
      name: words.subject,
      cell: (proposal) => (
        <span className="two-lines">
          {subjects[proposal.subject as keyof typeof subjects] ?? proposal.subject}
          <small>{describeChange(proposal, locale)}</small>
        </span>
      ),
    },
    { name: words.state, cell: ({ state }) => <State state={state} /> },
    { name: words.maker, cell: ({ maker }) => maker, wide: true },
    { name: words.made, cell: ({ createdAt }) => <When at={createdAt} />, wide: true },
    { name: words.expires, cell: ({ expiresAt }) => <When at={expiresAt} />, wide: true },
  ]
}
