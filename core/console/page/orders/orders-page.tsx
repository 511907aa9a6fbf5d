import { getRouteApi } from '@tanstack/react-router'
import { dayUs, startOfDay } from '../filters/days.ts'
import { Amount } from '../parts/amount.tsx'
import { Capability } from '../parts/capability.tsx'
import { Empty } from '../parts/empty.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { PageList, type Column } from '../tables/page-list.tsx'
import { State } from '../parts/state.tsx'
import { When } from '../parts/when.tsx'
import { usePages } from '../session/use-ask.ts'
import { useTenantSettings } from '../session/use-tenant.ts'
import { useWords } from '../words/use-words.ts'
import { OrderFilters } from './order-filters.tsx'
import { isFiltered, type OrderSearch } from './order-search.ts'
import { OrderSheet } from './order-sheet.tsx'
import { orderWords } from './order-words.ts'
import type { OrderLine } from './order-line.ts'

const route = getRouteApi('/t/$tenant/orders')

export function OrdersPage() {
  const words = useWords(orderWords)
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const answer = useOrders(search)
  const open = (order: string | undefined): void =>
    void navigate({ search: ({ order: _, ...rest }) => (order === undefined ? rest : { ...rest, order }) })
  const filtered = isFiltered(search)
  return (
    <>
      <PageHead title={words.title} text={words.text} />
      <OrderFilters />
      <PageList
        label={words.title}
        answer={answer}
        columns={useColumns()}
        keyOf={({ id }) => id}
        open={({ number }) => open(number)}
        empty={
          <Empty
            title={filtered ? words.noneFound : words.none}
            text={filtered ? words.noneFoundText : words.noneText}
          />
        }
      />
      <OrderSheet order={search.order} close={() => open(undefined)} />
    </>
  )
}

function useOrders({ order: _, from, until, state, ...filters }: OrderSearch) {
  const { tenant } = route.useParams()
  const { timeZone } = useTenantSettings()
  const start = from === undefined ? undefined : startOfDay(from, timeZone)
  const end = until === undefined ? undefined : startOfDay(until, timeZone)
  const ofState = state === 'undecided' ? { undecided: true } : { state }
  const input = { tenant, ...ofState, ...filters, from: start, until: end === undefined ? undefined : end + dayUs }
  return usePages({
    key: ['orders', tenant, 'list', input],
    ask: (client, cursor) => client.orders.list.query({ ...input, cursor, limit: 50 }),
  })
}

function useColumns(): readonly Column<OrderLine>[] {
  const words = useWords(orderWords)
  return [
    { name: words.number, cell: ({ number }) => <span className="mono">{number}</span> },
    { name: words.state, cell: ({ state }) => <State state={state} /> },
    { name: words.what, cell: ({ capability }) => <Capability id={capability} />, wide: true },
    { name: words.bank, cell: ({ bank }) => bank, wide: true },
    { name: words.created, cell: ({ createdAt }) => <When at={createdAt} />, wide: true },
    { name: words.amount, cell: ({ amount }) => <Amount amount={amount} />, right: true },
  ]
}
