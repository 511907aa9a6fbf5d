/** How it has to end: `open` where the bank's answer is not ours and people have to look. */
export type Final = 'succeeded' | 'failed' | 'conflicted'

/** How the bank behaves on a way of money, and how it has to end. */
export interface Mode {
  readonly name: string
  readonly faults: readonly object[]
  /** Words of the message after which the customer has nothing more to do. */
  readonly ending: string
  readonly final: Final
}

export interface Crossing {
  /** Where the bank is asked to move the money, `*` standing for one segment. */
  readonly path: string
  /** POST when left out. */
  readonly method?: 'GET' | 'POST' | 'DELETE'
  /** Every answer of the bank that shows it; a wrong amount is shown in each. None where no answer is judged by it. */
  readonly shown?: string
  /** Whether the bank may say no to it. */
  readonly declinable?: boolean
  readonly endings: Readonly<Partial<Record<Final, string>>>
}

/** The ways in which a bank can behave while money moves. */
export function buildModes({ path, method = 'POST', shown, declinable = true, endings }: Crossing): readonly Mode[] {
  const match = { method, path }
  const done = { ending: endings.succeeded ?? '', final: 'succeeded' } as const
  const declined: Mode = {
    name: 'declined',
    faults: [{ match, do: 'decline' }],
    ending: endings.failed ?? '',
    final: 'failed',
  }
  return [
    { name: 'ok', faults: [], ...done },
    ...(declinable ? [declined] : []),
    { name: 'lost before effect', faults: [{ match, do: 'timeout-before' }], ...done },
    { name: 'lost after effect', faults: [{ match, do: 'timeout-after' }], ...done },
    { name: '500 after effect', faults: [{ match, do: '500-after' }], ...done },
    { name: 'late', faults: [{ match, do: 'slow', delayMs: 2500 }], ...done },
    ...(shown === undefined
      ? []
      : [
          {
            name: 'wrong amount',
            // Every answer that shows it, or the state after a restart would depend on which request came first.
            faults: [{ match: { path: shown }, do: 'wrong-amount', times: 1000 }],
            ending: endings.conflicted ?? '',
            final: 'conflicted' as const,
          },
        ]),
  ]
}

/** How the bank behaves while a ticket is paid. */
export const modes: readonly Mode[] = buildModes({
  path: '/v1/payments',
  shown: '/v1/payments*',
  endings: { succeeded: '出票成功', failed: '没有支付成功', conflicted: '正在核对' },
})

/** Where an answer is missing although the bank may have paid: a client without discipline pays twice here. */
export function listLostAnswers(from: readonly Mode[]): readonly Mode[] {
  return from.filter(({ name }) => /^(lost|500|late)/.test(name))
}

export function getMode(name: string, from: readonly Mode[] = modes): Mode {
  const mode = from.find((each) => each.name === name)
  if (!mode) throw new Error(`there is no mode ${name}`)
  return mode
}
