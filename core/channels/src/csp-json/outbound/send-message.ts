import type { Outbound, SendOutcome } from '@inthread/sdk/channel'
import { buildMessage } from './build-message.ts'
import type { OperatorLink } from './exchange.ts'
import { listBodyProblems, renderProblems } from './list-body-problems.ts'
import { runCall } from './run-call.ts'

const signInAfterMs = 300_000

/**
 * Sends one message under its own id, which is what makes a repetition harmless. A refused sign-in keeps the message:
 * the account can be put right, and the message is not to blame.
 */
export async function sendMessage(link: OperatorLink, message: Outbound): Promise<SendOutcome> {
  const body = buildMessage(message, link.settings.chatbotId)
  const problems = listBodyProblems(body)
  if (problems.length > 0) return { kind: 'rejected', reason: renderProblems(problems) }

  const outcome = await runCall(link, { method: 'POST', path: '/messages', body })
  switch (outcome.kind) {
    case 'done':
      return { kind: 'sent', providerRef: refOf(outcome.body['messageId']) ?? message.id }
    case 'sign_in_refused':
      return { kind: 'retry', afterMs: signInAfterMs, reason: outcome.reason }
    default:
      return outcome
  }
}

/** The platform repeats our id; should it ever give its own, its pushes will name that one. */
function refOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && value.length <= 128 ? value : undefined
}
