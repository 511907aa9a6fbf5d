import type { Bank } from '../app/bank.ts'
import type { EventType } from '../events/events.store.ts'
import { commitEvent } from '../events/commit-event.ts'
import { commitOnce } from '../transport/commit-once.ts'
import type { IdempotencyKey } from '../transport/idempotency.store.ts'
import { Problem } from '../transport/problem.ts'
import { assertNumberNotBlocked } from './code-limits.ts'
import { commitConfirmationChange, commitExpiry, getConfirmation, type Confirmation } from './confirmations.store.ts'
import { findNextState, judgeAnswer } from './machine.ts'
import { readPayload } from './payload.ts'

export interface CodeAnswer {
  readonly confirmationId: string
  readonly code: string
}

/** Judges a code. A wrong one costs a try, in the same transaction that remembers the request, so never two. */
export function commitAnswer(bank: Bank, key: IdempotencyKey, answer: CodeAnswer): Confirmation {
  commitExpiry(bank.db, bank.clock.now())
  return commitOnce(bank, { key, status: 200 }, () => {
    const before = getConfirmation(bank.db, key.clientId, answer.confirmationId)
    if (before.method !== 'code') {
      throw new Problem('state_conflict', "This confirmation is answered on the bank's page alone.")
    }
    const right = bank.vault.isCodeOf(before.id, answer.code)
    return before.state === 'verified' && right ? before : commitJudgement(bank, before, right)
  })
}

/** For a page of the bank, too: there a PIN or a signature is what is right or wrong. */
export function commitJudgement(bank: Bank, before: Confirmation, right: boolean): Confirmation {
  if (before.state === 'expired')
    throw new Problem('expired', 'The time to answer is over: ask for a new confirmation.')
  const verdict = judgeAnswer(right, before.triesLeft)
  const state = findNextState(before.state, verdict.event)
  if (!state)
    throw new Problem('state_conflict', `The confirmation is ${before.state}: it cannot be answered any more.`)
  assertNumberNotBlocked(bank, before.phoneIndex)
  const at = bank.clock.now()
  const after = commitConfirmationChange(bank.db, before, {
    state,
    triesLeft: verdict.triesLeft,
    at,
    ...(state === 'verified' ? { expiresAt: at + bank.terms.authorisationLifeMs, verifiedAt: at } : {}),
    ...(state === 'locked' ? { lockedAt: at } : {}),
  })
  if (state === 'verified') commitConfirmationEvent(bank, after, 'confirmation.verified')
  if (state === 'locked') commitConfirmationEvent(bank, after, 'confirmation.locked')
  return after
}

function commitConfirmationEvent(bank: Bank, confirmation: Confirmation, type: EventType): void {
  const { amount: value, currency } = readPayload(bank, confirmation)
  commitEvent(bank, type, { ...confirmation, amount: { value, currency } })
}

/** The customer says no on a page of the bank: nothing can be done with the question any more. */
export function commitRefusal(bank: Bank, before: Confirmation): Confirmation {
  const after = commitConfirmationChange(bank.db, before, { state: 'superseded', at: bank.clock.now() })
  commitConfirmationEvent(bank, after, 'confirmation.superseded')
  return after
}
