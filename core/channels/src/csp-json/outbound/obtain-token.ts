import type { Credential } from '@inthread/sdk/channel'
import { exchange, type OperatorLink } from './exchange.ts'

export type SignInOutcome =
  | { readonly kind: 'retry'; readonly afterMs: number; readonly reason: string }
  /** The account is configured wrongly, or closed. Says nothing about the message that wanted to go out. */
  | { readonly kind: 'sign_in_refused'; readonly reason: string }

/** Carries an outcome out through the credential cell, which only knows tokens and throws. */
export class SignInFailed extends Error {
  readonly outcome: SignInOutcome

  constructor(outcome: SignInOutcome) {
    super('no access token was given')
    this.name = 'SignInFailed'
    this.outcome = outcome
  }
}

const documentedLifeSec = 7200
const marginMs = 60_000
const brokenAfterMs = 60_000

/**
 * Asks the operator for an access token, which kills the one before; so this runs only inside the credential cell.
 * Throws {@link SignInFailed} with what the operator said instead.
 */
export async function obtainToken(link: OperatorLink): Promise<Credential> {
  const { appId, appKey } = link.settings
  const call = { method: 'POST', path: '/accessToken', body: { appId, appKey }, codeOptional: true } as const
  const answer = await exchange(link, call)
  if (answer.kind === 'retry') throw new SignInFailed(answer)
  if (answer.kind !== 'done') throw new SignInFailed({ kind: 'sign_in_refused', reason: `sign-in: ${answer.reason}` })

  const { accessToken, expires } = answer.body
  if (typeof accessToken !== 'string' || !/^[\x21-\x7e]{1,4096}$/.test(accessToken)) {
    const reason = 'sign-in: the answer has no usable accessToken'
    throw new SignInFailed({ kind: 'retry', afterMs: brokenAfterMs, reason })
  }
  return { value: accessToken, livesMs: livesMsOf(expires) }
}

/** A little shorter than promised, so that a token does not die between our look at it and the operator's. */
function livesMsOf(expires: unknown): number {
  const lifeSec = Number(typeof expires === 'number' || typeof expires === 'string' ? expires : Number.NaN)
  const lifeMs = (lifeSec > 0 && Number.isFinite(lifeSec) ? lifeSec : documentedLifeSec) * 1000
  return Math.floor(Math.max(lifeMs - marginMs, lifeMs / 2))
}
