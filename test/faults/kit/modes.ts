/** How the bank behaves while a ticket is paid, and how it has to end. */
export interface Mode {
  readonly name: string
  readonly faults: readonly object[]
  /** Words of the message after which the customer has nothing more to do. */
  readonly ending: string
  readonly final: 'succeeded' | 'failed' | 'conflicted'
}

const payments = { method: 'POST', path: '/v1/payments' }
const paid = { ending: '出票成功', final: 'succeeded' } as const

export const modes: readonly Mode[] = [
  { name: 'ok', faults: [], ...paid },
  { name: 'declined', faults: [{ match: payments, do: 'decline' }], ending: '没有支付成功', final: 'failed' },
  { name: 'lost before effect', faults: [{ match: payments, do: 'timeout-before' }], ...paid },
  { name: 'lost after effect', faults: [{ match: payments, do: 'timeout-after' }], ...paid },
  { name: '500 after effect', faults: [{ match: payments, do: '500-after' }], ...paid },
  { name: 'late', faults: [{ match: payments, do: 'slow', delayMs: 2500 }], ...paid },
  {
    name: 'wrong amount',
    // Every answer that shows the payment, or the state after a restart would depend on which request came first.
    faults: [{ match: { path: '/v1/payments*' }, do: 'wrong-amount', times: 1000 }],
    ending: '正在核对',
    final: 'conflicted',
  },
]

/** Where an answer is missing although the bank may have paid: a client without discipline pays twice here. */
export const lostAnswerModes = modes.filter(({ name }) => /^(lost|500|late)/.test(name))

export function getMode(name: string): Mode {
  const mode = modes.find((each) => each.name === name)
  if (!mode) throw new Error(`there is no mode ${name}`)
  return mode
}
