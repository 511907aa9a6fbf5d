import { Link } from '@tanstack/react-router'
import { Amount } from '../parts/amount.tsx'
import { Empty } from '../parts/empty.tsx'
import { RowsSkeleton } from '../parts/page-skeleton.tsx'
import { Problem } from '../parts/problem.tsx'
import { State } from '../parts/state.tsx'
import { When } from '../parts/when.tsx'
import { useAsk } from '../session/use-ask.ts'
import { useTenantId } from '../session/use-tenant.ts'
import { useWords } from '../words/use-words.ts'
import { overviewWords } from './overview-words.ts'

export function LatestOrders() {
  const words = useWords(overviewWords)
  const tenant = useTenantId()
  return (
    <section className="panel" aria-label={words.latest}>
      <div className="panel-head">
        <h2>{words.latest}</h2>
        <Link to="/t/$tenant/orders" params={{ tenant }}>
          {words.allOrders}
        </Link>
      </div>
      <Lines />
    </section>
  )
}

function Lines() {
  const words = useWords(overviewWords)
  const tenant = useTenantId()
  const { data, error, refetch } = useAsk({
    key: ['orders', tenant, 'latest'],
    ask: (client) => client.orders.list.query({ tenant, limit: 6 }),
    everyMs: 15_000,
  })
  if (error) return <Problem error={error} retry={() => void refetch()} />
  if (!data) return <RowsSkeleton rows={4} />
  if (data.items.length === 0) return <Empty title={words.noOrders} text={words.noOrdersText} />
  return (
    <ul className="lines">
      {data.items.map((order) => (
        <li key={order.id}>
          <span className="line-main">
            <Link to="/t/$tenant/orders" params={{ tenant }} search={{ order: order.number }}>
              {order.number}
            </Link>
            <When at={order.createdAt} />
          </span>
          <State state={order.state} />
          <Amount amount={order.amount} />
        </li>
      ))}
    </ul>
  )
}
