import { IconChevronRight, IconCircleCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useMay } from '../session/session.ts'
import { useAsk } from '../session/use-ask.ts'
import { useTenantId } from '../session/use-tenant.ts'
import { useWords } from '../words/use-words.ts'
import { overviewWords } from './overview-words.ts'

interface Matter {
  readonly many: number
  readonly text: string
  /** Where all of them stand, and nothing else. */
  readonly to: Place
  readonly search?: Readonly<Record<string, string>>
}

type Place = `/t/$tenant/${'desk' | 'approvals' | 'breaks' | 'orders' | 'health'}`

/** What waits for somebody, each with the way there. */
export function Attention() {
  const words = useWords(overviewWords)
  const matters = useMatters().filter(({ many }) => many > 0)
  return (
    <section className="panel" aria-label={words.attention}>
      <div className="panel-head">
        <h2>{words.attention}</h2>
      </div>
      {matters.length === 0 ? <Nothing /> : matters.map((matter) => <MatterLine key={matter.text} {...matter} />)}
    </section>
  )
}

function Nothing() {
  return (
    <p className="all-well">
      <IconCircleCheck size={18} aria-hidden />
      {useWords(overviewWords).nothing}
    </p>
  )
}

function MatterLine({ many, text, to, search = {} }: Matter) {
  const tenant = useTenantId()
  return (
    <Link className="matter" to={to} params={{ tenant }} search={search}>
      <strong>{many}</strong>
      <span>{text}</span>
      <IconChevronRight size={16} aria-hidden />
    </Link>
  )
}

function useMatters(): readonly Matter[] {
  const words = useWords(overviewWords)
  const { cases, proposals, book, health } = useCounts()
  const name = (many: number, one: string, more: string) => ({ many, text: many === 1 ? one : more })
  return [
    { ...name(cases, words.casesOne, words.cases), to: '/t/$tenant/desk' },
    { ...name(proposals, words.proposalsOne, words.proposals), to: '/t/$tenant/approvals', search: { state: 'open' } },
    { ...name(book?.breaks ?? 0, words.breaksOne, words.breaks), to: '/t/$tenant/breaks' },
    {
      ...name(book?.undecided ?? 0, words.undecidedOne, words.undecided),
      to: '/t/$tenant/orders',
      search: { state: 'undecided' },
    },
    { ...name(health, words.unwellOne, words.unwell), to: '/t/$tenant/health' },
  ]
}

/** Only what somebody may know is asked for. */
function useCounts() {
  const tenant = useTenantId()
  const may = useMay()
  const cases = useAsk({
    key: ['desk', tenant, 'open'],
    ask: (client) => client.desk.list.query({ tenant, states: ['open'] }),
    enabled: may('desk.read'),
    everyMs: 15_000,
  })
  const proposals = useAsk({
    key: ['proposals', tenant, 'open'],
    ask: (client) => client.proposals.list.query({ tenant, state: 'open', limit: 200 }),
    enabled: may('proposal.read'),
  })
  const book = useAsk({
    key: ['book', tenant],
    ask: (client) => client.orders.book.query({ tenant }),
    enabled: may('book.read'),
    everyMs: 15_000,
  })
  const health = useAsk({ key: ['health'], ask: (client) => client.health.get.query(), enabled: may('health.read') })
  return {
    cases: cases.data?.length ?? 0,
    proposals: proposals.data?.items.filter(({ state }) => state === 'open').length ?? 0,
    book: book.data,
    health: health.data?.parts.filter(({ ok }) => !ok).length ?? 0,
  }
}
