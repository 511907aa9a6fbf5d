import type { Parts } from '../boot/parts.ts'
import { compile } from '../rcc07/validate.ts'
import type { StoredMessage } from '../threads/message.store.ts'
import { reportState } from '../threads/report-state.ts'
import type { BotCall } from '../northbound/bot-call.ts'
import { BotRefusal, botCode } from '../northbound/bot-refusal.ts'
import { revokeSchema } from './envelope-schema.ts'

const findProblem = compile(revokeSchema)

/** Answers `POST …/revoke`. Success only means "asked": what became of it arrives as a status. */
export function revokeMessage(parts: Parts, { chatbot, body }: BotCall): object {
  const problem = findProblem(body)
  if (problem) throw new BotRefusal(botCode.parameter, `${problem.pointer} ${problem.rule}`)
  const messageId = String(body['messageId'])
  const message = parts.messages.find(chatbot.chatbotId, 'in', messageId)
  if (message) commitRevoke(parts, message)
  return { messageId }
}

/** What the user has seen stays; anything else disappears from the phone. */
function commitRevoke(parts: Parts, message: StoredMessage): void {
  const thread = parts.threads.get(message.threadId)
  parts.db.transact(() => {
    const seen = parts.states.has(message.seq, 'displayed')
    if (!seen) parts.messages.markRevoked(message.seq)
    reportState(parts, { message, thread, change: { status: seen ? 'revokeFail' : 'revokeOk' }, always: true })
  })
  parts.wake()
  parts.changes.announceThread(thread.phone, thread.id)
}
