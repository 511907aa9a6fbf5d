import { Amount } from '../parts/amount.tsx'
import { State } from '../parts/state.tsx'
import { Steps, type Step } from '../parts/steps.tsx'
import { When } from '../parts/when.tsx'
import { fillIn } from '../words/fill-in.ts'
import { findTone } from '../words/state-words.ts'
import { useWords } from '../words/use-words.ts'
import type { Order, RefundLine } from './order-line.ts'
import { orderWords } from './order-words.ts'

interface Props {
  readonly order: Order
  readonly refunds: readonly RefundLine[]
}

/** From the opening of the order to its last refund. */
export function OrderHistory(props: Props) {
  const words = useWords(orderWords)
  return (
    <section aria-label={words.timeline}>
      <h2>{words.timeline}</h2>
      <Steps steps={listSteps(props, words)} />
    </section>
  )
}

function listSteps({ order, refunds }: Props, words: (typeof orderWords)['zh']): readonly Step[] {
  const moment = (at: number): Step['at'] => <When at={at} seconds />
  const attempts = order.attempts.map(({ n, sentAt, outcome }) => ({
    at: sentAt,
    step: {
      ...{ key: `attempt ${n}`, title: fillIn(words.asked, { n }), tone: 'busy' as const },
      ...(outcome === null ? {} : { text: outcome }),
    },
  }))
  const settled = order.settledAt === null ? [] : [{ at: order.settledAt, step: describeEnd(order, words) }]
  const opened = { key: 'opened', title: words.opened }
  const given = refunds.map((refund) => ({ at: refund.createdAt, step: describeRefund(refund, words) }))
  return [{ at: order.createdAt, step: opened }, ...attempts, ...settled, ...given]
    .toSorted((left, right) => left.at - right.at)
    .map(({ at, step }) => ({ ...step, at: moment(at) }))
}

function describeEnd({ state, reason }: Order, words: (typeof orderWords)['zh']): Omit<Step, 'at'> {
  const text = reason === null ? {} : { text: reason }
  return {
    key: 'settled',
    title: (
      <span className="step-line">
        {words.settled} <State state={state} />
      </span>
    ),
    tone: findTone(state),
    ...text,
  }
}

function describeRefund(refund: RefundLine, words: (typeof orderWords)['zh']): Omit<Step, 'at'> {
  const title = (
    <span className="step-line">
      {words.refundOf} <Amount amount={refund.amount} /> <State state={refund.state} />
    </span>
  )
  const text = refund.failure ?? refund.askedBy
  return { key: refund.id, title, text, tone: findTone(refund.state) }
}
