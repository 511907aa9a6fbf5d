const second = 1_000
const minute = 60 * second
const hour = 60 * minute

/** Waits between attempts: the first follows at once, the last one a day after the one before. */
export const retryPlanMs: readonly number[] = [
  0,
  5 * second,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
]

/** However long a receiver asks us to stay away. */
const longestWaitMs = 27 * hour

/** What came back from a webhook. A redirect counts as an answer, and not as a good one. */
export type WebhookAnswer = { readonly status: number; readonly retryAfter?: string } | { readonly status: 'no-answer' }

export type WebhookVerdict =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'gone' }
  | { readonly kind: 'exhausted' }
  | { readonly kind: 'retry'; readonly waitMs: number }

interface AttemptFacts {
  /** Attempts made, this one included. */
  readonly attempts: number
  readonly nowMs: number
  /** From 0 up to 1: spreads the attempts of many events. */
  readonly chance: number
}

/** Decides what to do with a delivery after an attempt. Pure: time and chance are handed in. */
export function judgeAttempt(answer: WebhookAnswer, facts: AttemptFacts): WebhookVerdict {
  if (answer.status !== 'no-answer' && answer.status >= 200 && answer.status < 300) return { kind: 'delivered' }
  if (answer.status === 410) return { kind: 'gone' }
  const planned = retryPlanMs[facts.attempts]
  if (planned === undefined) return { kind: 'exhausted' }
  const spread = Math.round(planned * (1 + 0.1 * facts.chance))
  const asked = answer.status === 429 || answer.status === 503 ? readRetryAfterMs(answer.retryAfter, facts.nowMs) : 0
  return { kind: 'retry', waitMs: Math.min(Math.max(spread, asked), longestWaitMs) }
}

/** Retry-After is a number of seconds or a date (RFC 9110 §10.2.3); anything else asks for nothing. */
function readRetryAfterMs(header: string | undefined, nowMs: number): number {
  if (header === undefined) return 0
  if (/^[0-9]{1,9}$/.test(header)) return Number(header) * second
  const date = Date.parse(header)
  return Number.isNaN(date) ? 0 : Math.max(date - nowMs, 0)
}
