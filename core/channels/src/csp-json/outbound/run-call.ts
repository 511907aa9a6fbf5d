import { isFault } from '@inthread/sdk/fault'
import { exchange, type OperatorCall, type OperatorLink } from './exchange.ts'
import type { Answer } from './judge-answer.ts'
import { obtainToken, SignInFailed, type SignInOutcome } from './obtain-token.ts'

export type CallOutcome = Exclude<Answer, { kind: 'token_refused' }> | SignInOutcome

const tokenAfterMs = 60_000

/**
 * Runs one call with the account's token. When the operator refuses the token it is renewed once and the very same
 * call is repeated. When the fresh one is refused too, somebody else signs in with this account, or the account is not
 * ready: later may help, trying on at once would only burn tokens.
 */
export async function runCall(link: OperatorLink, call: OperatorCall): Promise<CallOutcome> {
  try {
    const { credential } = link.ports
    const token = (await credential.find()) ?? (await credential.renew(undefined, () => obtainToken(link)))
    const first = await exchange(link, call, token)
    if (first.kind !== 'token_refused') return first
    const second = await exchange(link, call, await credential.renew(token, () => obtainToken(link)))
    if (second.kind !== 'token_refused') return second
    return { kind: 'retry', afterMs: tokenAfterMs, reason: `${second.reason}, and neither is a fresh one` }
  } catch (error) {
    return outcomeOf(error)
  }
}

/** Waiting in vain for another process to renew is the operator's slowness; any other failure is ours and is thrown. */
function outcomeOf(error: unknown): SignInOutcome {
  if (error instanceof SignInFailed) return error.outcome
  if (isFault(error, 'credential.not_renewed')) return { kind: 'retry', afterMs: tokenAfterMs, reason: error.code }
  throw error
}
