import { Type } from 'typebox'
import type { Bank } from '../app/bank.ts'
import { buildStateProblem } from '../deeds/deed-routes.ts'
import { holdMoney, moveMoney, postMoney, releaseMoney } from '../deeds/deed-money.ts'
import type { Beginning, CommitDesk, DeedChange } from '../deeds/deed-kind.ts'
import type { Deed } from '../deeds/deeds.store.ts'
import { getAccount, ownAccounts } from '../ledger/accounts.store.ts'
import { findMood } from '../sandbox/moods.ts'
import { billerAccountOf } from './billers.ts'

const patienceMs = 30_000
const queryEveryMs = 5 * 60_000
/** The biller's file of the next day decides what its silence left open. */
const fileAfterMs = 24 * 3_600_000

export interface BillerFacts {
  readonly biller: string
  /** Masked account or number, as it is shown. */
  readonly account: string
  readonly period?: string
  readonly notifiedAt?: number
}

function renderFacts(_bank: Bank, { facts }: Deed<Partial<BillerFacts>>): object {
  const { biller = '', account = '', period } = facts
  return { biller, account, ...(period === undefined ? {} : { period }) }
}

export function beginBillerPayment(desk: CommitDesk<unknown>, facts: BillerFacts): Beginning<BillerFacts> {
  const { bank, id, clientRef, account, amountMinor, now } = desk
  if (!account) throw new Error('a bill was confirmed without a payer')
  const refusal = holdMoney(bank, { id, clientRef, account, dr: ownAccounts.clearing, amountMinor })
  if (refusal) return { state: 'failed', facts, refusal }
  return { state: 'processing', facts, dueAt: now + bank.terms.settleDelayMs }
}

/** One step of the machine; how the biller behaves is its mood: answers, silent or refuses. */
function step(bank: Bank, deed: Deed<BillerFacts>): DeedChange<BillerFacts> {
  const { dueAt = bank.clock.now() } = deed
  switch (deed.state) {
    case 'processing':
      return commitDebit(bank, deed)
    case 'debited':
      return {
        state: 'notifying',
        facts: { ...deed.facts, notifiedAt: dueAt },
        dueAt: dueAt + bank.terms.settleDelayMs,
      }
    case 'reversing':
      return commitReversal(bank, deed)
    default:
      return hearBiller(bank, deed)
  }
}

function commitDebit(bank: Bank, deed: Deed<BillerFacts>): DeedChange<BillerFacts> {
  if (getAccount(bank.db, deed.accountId ?? '').state === 'frozen') {
    releaseMoney(bank, deed.id)
    return { state: 'failed', failureCode: 'account_frozen' }
  }
  postMoney(bank, deed.id)
  return { state: 'debited', dueAt: deed.dueAt ?? bank.clock.now() }
}

function hearBiller(bank: Bank, deed: Deed<BillerFacts>): DeedChange<BillerFacts> {
  const now = bank.clock.now()
  const mood = findMood(bank.db, `biller:${deed.facts.biller}`)
  if (mood === 'refuses') return { state: 'reversing', failureCode: 'biller_refused', dueAt: now }
  if (mood !== 'silent') return commitSettlement(bank, deed)
  const { notifiedAt = now } = deed.facts
  if (now >= notifiedAt + fileAfterMs) return { state: 'reversing', failureCode: 'biller_silent', dueAt: now }
  if (now < notifiedAt + patienceMs) return { dueAt: notifiedAt + patienceMs }
  const next = { dueAt: now + queryEveryMs }
  return deed.state === 'settlement_unknown' ? next : { ...next, state: 'settlement_unknown' }
}

function commitSettlement(bank: Bank, deed: Deed<BillerFacts>): DeedChange<BillerFacts> {
  const { amountMinor = 0n } = deed
  const dr = billerAccountOf(deed.facts.biller)
  moveMoney(bank, { ...nameMove(deed), part: 'biller', dr, cr: ownAccounts.clearing, amountMinor })
  return { state: 'settled' }
}

function commitReversal(bank: Bank, deed: Deed<BillerFacts>): DeedChange<BillerFacts> {
  const { amountMinor = 0n, accountId: dr = '' } = deed
  moveMoney(bank, { ...nameMove(deed), part: 'reversal', dr, cr: ownAccounts.clearing, amountMinor })
  return { state: 'reversed' }
}

function nameMove({ id, clientRef }: Deed): { id: string; clientRef?: string } {
  return { id, ...(clientRef === undefined ? {} : { clientRef }) }
}

function assertOpen(deed: Deed): void {
  if (deed.state === 'notifying' || deed.state === 'settlement_unknown') return
  throw buildStateProblem('bill payment', deed)
}

/** From the customer to clearing to the biller; back to the customer when the biller does not take it. */
export const billerMachine = {
  states: [
    ...(['processing', 'debited', 'notifying', 'settled', 'settlement_unknown'] as const),
    ...(['reversing', 'reversed', 'failed'] as const),
  ],
  outcomes: { settled: 'done', failed: 'none', reversed: 'none' },
  view: Type.Object({
    biller: Type.String(),
    account: Type.String({ description: 'Masked.' }),
    period: Type.Optional(Type.String()),
  }),
  render: renderFacts,
  step,
  /** What the sandbox may let the biller say at once. */
  controls: {
    settled: (bank: Bank, deed: Deed<BillerFacts>): DeedChange<BillerFacts> => {
      assertOpen(deed)
      return commitSettlement(bank, deed)
    },
    refused: (bank: Bank, deed: Deed<BillerFacts>): DeedChange<BillerFacts> => {
      assertOpen(deed)
      return { state: 'reversing', failureCode: 'biller_refused', dueAt: bank.clock.now() }
    },
  },
} as const
