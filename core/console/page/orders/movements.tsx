import { Amount } from '../parts/amount.tsx'
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
      <table className="table table-plain">
        <thead>
          <tr>
            <th scope="col">{words.step}</th>
            <th scope="col">{words.debit}</th>
            <th scope="col">{words.credit}</th>
            <th scope="col" className="right">
              {words.amount}
            </th>
          </tr>
        </thead>
        <tbody>
          {order.movements.map(({ kind, dr, cr, amount }, index) => (
            <tr key={index}>
              <td>{kind}</td>
              <td className="mono">{dr}</td>
              <td className="mono">{cr}</td>
              <td className="right">
                <Amount amount={amount} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
