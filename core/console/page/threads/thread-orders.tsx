import { Link } from '@tanstack/react-router'
import { Amount } from '../parts/amount.tsx'
import { RowsSkeleton } from '../parts/page-skeleton.tsx'
import { Problem } from '../parts/problem.tsx'
import { State } from '../parts/state.tsx'
import { useAsk } from '../session/use-ask.ts'
import { useWords } from '../words/use-words.ts'
import { threadWords } from './thread-words.ts'

interface Props {
  readonly tenant: string
  readonly thread: string
}

export function ThreadOrders(props: Props) {
  const words = useWords(threadWords)
  return (
    <section className="panel" aria-label={words.orders}>
      <div className="panel-head">
        <h2>{words.orders}</h2>
      </div>
      <Lines {...props} />
    </section>
  )
}

function Lines({ tenant, thread }: Props) {
  const words = useWords(threadWords)
  const { data, error, refetch } = useAsk({
    key: ['orders', tenant, 'of', thread],
    ask: (client) => client.orders.list.query({ tenant, conversation: thread, limit: 20 }),
  })
  if (error) return <Problem error={error} retry={() => void refetch()} />
  if (!data) return <RowsSkeleton rows={2} />
  if (data.items.length === 0) return <p className="faint">{words.noOrders}</p>
  return (
    <ul className="lines">
      {data.items.map((order) => (
        <li key={order.id}>
          <span className="line-main">
            <Link to="/t/$tenant/orders" params={{ tenant }} search={{ order: order.number }}>
              {order.number}
            </Link>
            <State state={order.state} />
          </span>
          <Amount amount={order.amount} />
        </li>
      ))}
    </ul>
  )
}
