import { Type, type Static } from 'typebox'
import type { Bank } from '../app/bank.ts'
import { renderInstant } from '../app/business-clock.ts'
import { buildStateProblem } from '../deeds/deed-routes.ts'
import { holdMoney, moveMoney, postMoney, releaseMoney } from '../deeds/deed-money.ts'
import { defineAction, defineCommit, type Beginning, type CommitDesk, type DeedChange } from '../deeds/deed-kind.ts'
import type { Deed } from '../deeds/deeds.store.ts'
import { getAccount } from '../ledger/accounts.store.ts'
import { findMood } from '../sandbox/moods.ts'
import { Problem } from '../transport/problem.ts'
import { findPayee } from './find-payee.ts'
import { renderHolder, type LookupFacts } from './payee-lookup.ts'

const hourMs = 3_600_000
const delaysMs = { realtime: 0, '2h': 2 * hourMs, nextDay: 24 * hourMs } as const
type Speed = keyof typeof delaysMs

interface TransferFacts extends LookupFacts {
  readonly speed: Speed
  /** When a delayed one goes; until then it can be cancelled. */
  readonly executeAt?: number
}

const body = Type.Object({
  speed: Type.Optional(
    Type.Enum(Object.keys(delaysMs), { description: 'realtime, 2h or nextDay; realtime if left out.' }),
  ),
})

export const transferKind = defineCommit<TransferFacts, typeof body>({
  thing: 'transfer',
  prefix: 'tfr',
  url: '/v1/transfers',
  name: 'Transfer',
  summary: 'Sends money to the payee of a lookup, at once, in two hours or tomorrow.',
  ops: ['transfer'],
  states: ['scheduled', 'processing', 'under_review', 'succeeded', 'failed', 'cancelled', 'returned'],
  outcomes: { succeeded: 'done', failed: 'none', cancelled: 'none', returned: 'none' },
  body,
  problems: ['insufficient_funds', 'account_frozen', 'above_limit'],
  view: Type.Object({
    speed: Type.Enum(Object.keys(delaysMs)),
    executeAt: Type.Optional(Type.String({ format: 'date-time', description: 'Until then it can be cancelled.' })),
  }),
  render: (_bank, { facts: { speed = 'realtime', executeAt } }) => ({
    speed,
    ...(executeAt === undefined ? {} : { executeAt: renderInstant(executeAt) }),
  }),
  begin: beginTransfer,
  step: (bank, deed) => {
    if (deed.state === 'succeeded') return commitReturn(bank, deed)
    if (findMood(bank.db, 'transfers') === 'review') return { state: 'under_review' }
    return deed.state === 'scheduled' ? go(bank, deed) : commitArrival(bank, deed)
  },
  actions: {
    cancel: defineAction({
      summary: 'Takes back a transfer that has not gone yet.',
      body: Type.Object({}),
      problems: ['state_conflict'],
      run: (bank, deed) => {
        if (deed.state !== 'scheduled') {
          throw buildStateProblem('transfer', deed, deed.state === 'succeeded' ? 'done' : 'none')
        }
        releaseMoney(bank, deed.id)
        return { state: 'cancelled' }
      },
    }),
  },
  controls: {
    review: (_bank, deed) => inState(deed, ['scheduled', 'processing'], () => ({ state: 'under_review' })),
    cleared: (bank, deed) => inState(deed, ['under_review'], () => go(bank, deed)),
    stopped: (bank, deed) => inState(deed, ['under_review'], () => fail(bank, deed, 'declined')),
    returned: (bank, deed) => inState(deed, ['succeeded'], () => commitReturn(bank, deed)),
  },
})

function beginTransfer({ bank, link, id, clientRef, account, ...desk }: CommitDesk<Static<typeof body>>) {
  const facts = desk.quote?.facts as LookupFacts
  if (!isSameHolder(bank, facts)) {
    throw new Problem('payee_mismatch', 'The number has another holder since the lookup: look the payee up again.')
  }
  if (facts.customerId === link.customerId) {
    throw new Problem('payer_mismatch', 'Payer and payee are the same customer: nothing is transferred.')
  }
  if (!account) throw new Error('a transfer was confirmed without a payer')
  const speed = (desk.body.speed ?? 'realtime') as Speed
  const refusal = holdMoney(bank, { id, clientRef, account, dr: facts.accountId, amountMinor: desk.amountMinor })
  if (refusal)
    return { state: 'failed', facts: { ...facts, speed }, feeMinor: 0n, refusal } satisfies Beginning<TransferFacts>
  const executeAt = desk.now + delaysMs[speed]
  return speed === 'realtime'
    ? {
        ...{ state: 'processing', facts: { ...facts, speed }, feeMinor: 0n },
        dueAt: desk.now + bank.terms.settleDelayMs,
      }
    : { ...{ state: 'scheduled', facts: { ...facts, speed, executeAt }, feeMinor: 0n }, dueAt: executeAt }
}

/** The answer to the lookup is what the customer agreed to: the money goes to that person or to nobody. */
function isSameHolder(bank: Bank, { phoneIndex, bank: at, holder, accountId }: LookupFacts): boolean {
  const found = findPayee(bank, { phoneIndex, bank: at })
  return found !== undefined && found.accountId === accountId && renderHolder(bank, found) === holder
}

/** Counted from when it was due: a clock that jumps does not make anybody wait again. */
function go(bank: Bank, { dueAt = bank.clock.now() }: Deed): DeedChange<TransferFacts> {
  return { state: 'processing', dueAt: dueAt + bank.terms.settleDelayMs }
}

function commitArrival(bank: Bank, deed: Deed<TransferFacts>): DeedChange<TransferFacts> {
  if (getAccount(bank.db, deed.accountId ?? '').state === 'frozen') return fail(bank, deed, 'account_frozen')
  if (!isSameHolder(bank, deed.facts)) return fail(bank, deed, 'payee_mismatch')
  postMoney(bank, deed.id)
  const comesBack =
    deed.facts.customerId === undefined && findMood(bank.db, `payee-bank:${deed.facts.bank}`) === 'returns'
  return { state: 'succeeded', ...(comesBack ? { dueAt: (deed.dueAt ?? bank.clock.now()) + delaysMs.nextDay } : {}) }
}

function fail(bank: Bank, deed: Deed, failureCode: string): DeedChange<TransferFacts> {
  releaseMoney(bank, deed.id)
  return { state: 'failed', failureCode }
}

/** The bank of the payee sends it back: a new movement, the first one stays. */
function commitReturn(bank: Bank, deed: Deed<TransferFacts>): DeedChange<TransferFacts> {
  const { id, clientRef, accountId: dr = '', amountMinor = 0n, facts } = deed
  const names = { id, part: 'return', ...(clientRef === undefined ? {} : { clientRef }) }
  moveMoney(bank, { ...names, dr, cr: facts.accountId, amountMinor })
  return { state: 'returned' }
}

function inState(
  deed: Deed<TransferFacts>,
  states: readonly string[],
  change: () => DeedChange<TransferFacts>,
): DeedChange<TransferFacts> {
  if (!states.includes(deed.state)) throw buildStateProblem('transfer', deed)
  return change()
}
