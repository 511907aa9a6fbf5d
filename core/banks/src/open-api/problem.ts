import { declineReasons } from '@inthread/sdk/capabilities'
import type { BankOutcome, DeclineReason } from '@inthread/sdk/bank'
import type { WireProblem } from './resources.ts'

/** What a refusal can mean depends on what was asked. */
export type Asked = 'reading' | 'link' | 'confirmation' | 'payment' | 'refund' | 'consent' | 'search'

export interface Problem extends WireProblem {
  readonly status: number
}

export type Undecided = Extract<BankOutcome<never>, { kind: 'refused' | 'unknown' }>

/** The documented codes that refuse for another reason than `declined`. */
const reasons: ReadonlyMap<string, DeclineReason> = new Map([
  ['insufficient_funds', 'insufficient_funds'],
  ['number_reassigned', 'not_linked'],
  ['consent_missing', 'not_linked'],
  ['capability_off', 'try_later'],
  ['rate_limited', 'try_later'],
  ['under_review', 'try_later'],
  ['delayed_by_risk', 'try_later'],
])

/** The documented codes that refuse as `declined`, whatever the bank says of trying again. */
const declined: ReadonlySet<string> = new Set([
  ...['malformed', 'missing_idempotency_key', 'bad_amount', 'bad_currency'],
  ...['tenant_not_allowed', 'step_up_required', 'limit_auth_strength', 'not_found'],
  ...['state_conflict', 'version_conflict', 'already_refunded', 'duplicate_business', 'expired', 'precondition'],
  ...['key_reused', 'payee_mismatch', 'amount_changed', 'suitability_mismatch', 'annual_rate_missing'],
  ...['below_min', 'above_max', 'card_blocked', 'account_frozen', 'credit_declined'],
])

/** The request never came as far as to be decided: it is signed anew, or waited for, and sent with the same key. */
const neverDecided: ReadonlySet<string> = new Set([
  ...['signature_invalid', 'clock_skew', 'token_expired', 'nonce_replayed', 'still_running'],
])

/**
 * For a payment these say nothing of its end: one under review may still be carried out, and a key that was used with
 * another body has a first request whose fate only a search by our reference can tell.
 */
const openForPayment: ReadonlySet<string> = new Set(['under_review', 'delayed_by_risk', 'key_reused'])

const movesMoney: ReadonlySet<Asked> = new Set(['payment', 'refund'])

/** Pure. Only a problem that says that nothing was done, and that is the bank's decision, is a refusal. */
export function buildRefusal(problem: Problem, asked: Asked): Undecided {
  const { code } = problem
  if (!isDecision(problem, asked)) return { kind: 'unknown', code }
  if (asked === 'link' && code === 'not_found') return { kind: 'refused', code, reason: 'not_linked' }
  return { kind: 'refused', code, reason: reasons.get(code) ?? reasonOfOther(problem) }
}

/** Why a payment failed: by the class, where the bank gives one that we know, else by the code. */
export function buildDeclineReason(code: string, declineClass: string | undefined): DeclineReason {
  return declineReasons.find((reason) => reason === declineClass) ?? reasons.get(code) ?? 'declined'
}

function isDecision(problem: Problem, asked: Asked): boolean {
  const { code, outcome, status } = problem
  // A search that is refused leaves the payment as unknown as it was.
  if (asked === 'search') return false
  if (outcome !== 'none' || status < 400 || status >= 500 || status === 401) return false
  return !neverDecided.has(code) && !(movesMoney.has(asked) && openForPayment.has(code))
}

/** A bank may have codes of its own, such as for its hours: whoever is told to come back later is told why. */
function reasonOfOther(problem: Problem): DeclineReason {
  return problem.retry === 'after' && !declined.has(problem.code) ? 'try_later' : 'declined'
}
