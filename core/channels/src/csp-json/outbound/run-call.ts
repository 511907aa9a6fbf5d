import type { Credential } from '@inthread/sdk/channel'
import { isFault } from '@inthread/sdk/fault'
import { exchange, type OperatorCall, type OperatorLink } from './exchange.ts'
import type { Answer } from './judge-answer.ts'
import { obtainToken, SignInFailed, type SignInOutcome } from './obtain-token.ts'

export type CallOutcome = Exclude<Answer, { kind: 'token_refused' }> | SignInOutcome

const tokenAfterMs = 2000
/** What a renewal brings may be another process's token, which died meanwhile as well: then one more is worth it. */
const tokensAtMost = 3

/**
 * Runs one call with the account's token. When the operator refuses the token it is renewed once and the very same
 * call is repeated. When the fresh one is refused too, somebody else signs in with this account, or the account is not
 * ready: later may help, trying on at once would only burn tokens.
 */
export async function runCall(link: OperatorLink, call: OperatorCall): Promise<CallOutcome> {
  try {
    let own = false
    const obtain = (): Promise<Credential> => {
      own = true
      return obtainToken(link)
    }
    const { credential } = link.ports
    let token = (await credential.find()) ?? (await credential.renew(undefined, obtain))
    for (let tokens = 1; ; tokens += 1) {
      const answer = await exchange(link, call, token)
      if (answer.kind !== 'token_refused') return answer
      if (tokens > 1 && (own || tokens === tokensAtMost))
        return { kind: 'retry', afterMs: tokenAfterMs, reason: `${answer.reason}, and neither is a fresh one` }
      own = false
      token = await credential.renew(token, obtain)
    }
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
