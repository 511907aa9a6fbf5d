import { IconChevronRight, IconCircleCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useMay } from '../session/session.ts'
import { useAsk } from '../session/use-ask.ts'
import { useTenantId } from '../session/use-tenant.ts'
import { useWords } from '../words/use-words.ts'
import { overviewWords } from './overview-words.ts'

interface Matter {
  readonly count: number
  readonly text: string
  readonly to: '/t/$tenant' | '/t/$tenant/orders' | '/t/$tenant/approvals'
}

/** What waits for somebody, each with the way there. */
export function Attention() {
  const words = useWords(overviewWords)
  const matters = useMatters().filter(({ count }) => count > 0)
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

function MatterLine({ count, text, to }: Matter) {
  const tenant = useTenantId()
  return (
    <Link className="matter" to={to} params={{ tenant }}>
      <strong>{count}</strong>
      <span>{text}</span>
      <IconChevronRight size={16} aria-hidden />
    </Link>
  )
}

function useMatters(): readonly Matter[] {
  const words = useWords(overviewWords)
  const { cases, proposals, book, health } = useCounts()
  return [
    { count: cases, text: words.cases, to: '/t/$tenant' },
    { count: proposals, text: words.proposals, to: '/t/$tenant/approvals' },
    { count: book?.breaks ?? 0, text: words.breaks, to: '/t/$tenant' },
    { count: book?.undecided ?? 0, text: words.undecided, to: '/t/$tenant/orders' },
    { count: health, text: words.unwell, to: '/t/$tenant' },
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
    key: ['proposals', tenant, 'first'],
    ask: (client) => client.proposals.list.query({ tenant, limit: 200 }),
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
