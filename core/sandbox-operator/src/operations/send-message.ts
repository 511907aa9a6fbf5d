import type { Parts } from '../boot/parts.ts'
import { compile } from '../rcc07/validate.ts'
import { deliverMessage } from '../threads/deliver-message.ts'
import type { Chatbot } from '../threads/chatbot.store.ts'
import type { ChatbotMessage } from '../threads/deliver-message.ts'
import type { Part } from '../threads/message.store.ts'
import type { BotCall } from '../northbound/bot-call.ts'
import { BotRefusal, botCode } from '../northbound/bot-refusal.ts'
import { sendSchema } from './envelope-schema.ts'
import type { RateLimit } from './rate-limit.ts'
import { mediaType, readContent } from './read-content.ts'
import type { ListItem } from './read-content.ts'

const findEnvelopeProblem = compile(sendSchema)

/** The send body after `sendSchema` has held. */
interface SendBody {
  readonly messageId: string
  readonly messageList: readonly ListItem[]
  readonly destinationAddress: readonly [string]
  readonly senderAddress: string
  readonly conversationId: string
  readonly contributionId: string
  readonly trafficType?: string
  readonly smsSupported?: boolean
  readonly smsContent?: string
  readonly reportRequest?: readonly string[]
}

/** Answers `POST …/messages`. Nothing is stored unless everything holds. */
export function sendMessage(parts: Parts, call: BotCall, rate: RateLimit): object {
  const message = buildChatbotMessage(call.chatbot, call.body)
  if (!rate.take(call.chatbot.chatbotId, call.chatbot.profile.ratePerSec)) {
    throw new BotRefusal(botCode.secondLimit, `more than ${call.chatbot.profile.ratePerSec} messages in this second`)
  }
  deliverMessage(parts, message)
  const { messageId, conversationId, contributionId } = message
  return { messageId, conversationId, contributionId }
}

/** Checks a send body as a live platform would. Throws BotRefusal. */
function buildChatbotMessage(chatbot: Chatbot, raw: Readonly<Record<string, unknown>>): ChatbotMessage {
  const body = assertEnvelope(raw)
  if (body.senderAddress !== chatbot.chatbotId) {
    throw new BotRefusal(botCode.otherSender, 'senderAddress is not the chatbot of the path')
  }
  const content = body.messageList.map(readContent)
  assertOneOfEach(content)
  const [destination] = body.destinationAddress
  return {
    chatbot,
    phone: destination.slice('tel:'.length),
    messageId: body.messageId,
    conversationId: body.conversationId,
    contributionId: body.contributionId,
    parts: content,
    trafficType: body.trafficType ?? '',
    report: body.reportRequest ?? [],
    ...(body.smsSupported && body.smsContent !== undefined ? { smsContent: body.smsContent } : {}),
  }
}

function assertEnvelope(raw: Readonly<Record<string, unknown>>): SendBody {
  const problem = findEnvelopeProblem(raw)
  if (problem) throw new BotRefusal(botCode.parameter, `${problem.pointer} ${problem.rule}`)
  return raw as Readonly<Record<string, unknown>> & SendBody
}

/** Several bodies in one message are a text, a card and a chip list, each at most once. */
function assertOneOfEach(content: readonly Part[]): void {
  for (const wanted of Object.values(mediaType)) {
    if (content.filter(({ contentType }) => contentType === wanted).length > 1) {
      throw new BotRefusal(botCode.schema, `messageList has more than one ${wanted}`)
    }
  }
}
