import { Amount } from '../parts/amount.tsx'
import { PlainTable } from '../tables/plain-table.tsx'
import { useWords } from '../words/use-words.ts'
import type { Order } from './order-line.ts'
import { orderWords } from './order-words.ts'

/** What stands in the platform's own book about this order. */
export function Movements({ order }: { readonly order: Order }) {
  const words = useWords(orderWords)
  if (order.movements.length === 0) return null
  return (
    <section aria-label={words.movements}>
      <h2>{words.movements}</h2>
      <PlainTable heads={[words.step, words.debit, words.credit, { right: words.amount }]}>
        {order.movements.map((movement, index) => (
          <MovementLine key={index} movement={movement} />
        ))}
      </PlainTable>
    </section>
  )
}

function MovementLine({ movement: { kind, dr, cr, amount } }: { readonly movement: Order['movements'][number] }) {
  return (
    <tr>
      <td>{kind}</td>
      <td className="mono">{dr}</td>
      <td className="mono">{cr}</td>
      <td className="right">
        <Amount amount={amount} />
      </td>
    </tr>
  )
}
