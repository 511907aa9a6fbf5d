import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Parts } from '../boot/parts.ts'
import { runUrlCheck } from '../callbacks/url-check.ts'
import type { Chatbot, ChatbotProfile, Registration } from '../threads/chatbot.store.ts'
import { input } from './input-schema.ts'
import { SandboxRefusal } from './sandbox-refusal.ts'

type Body = Pick<Registration, 'appId' | 'appKey' | 'callbackToken'> &
  Partial<ChatbotProfile> &
  Pick<ChatbotProfile, 'name' | 'serviceNumber' | 'notifyUrl' | 'callbackAlgorithm'>

type PutRequest = FastifyRequest<{ Params: { chatbotId: string }; Body: Body }>

const defaults = {
  logo: '',
  description: '',
  provider: '',
  verified: true,
  errorCodeStyle: 'string',
  tokenTtlSec: 7200,
  tokensPerDay: 2000,
  ratePerSec: 0,
} as const

/** `PUT /sandbox/chatbots/{chatbotId}` and `GET /sandbox/chatbots`. */
export function registerChatbotRoutes(app: FastifyInstance, parts: Parts): void {
  app.put('/sandbox/chatbots/:chatbotId', { schema: input.chatbot }, (request: PutRequest) =>
    putChatbot(parts, request),
  )
  app.get('/sandbox/chatbots', () => ({ chatbots: parts.chatbots.list().map(buildAnswer) }))
}

/** Stores the registration (again, if need be) and checks the notify URL; a failed check does not undo it. */
async function putChatbot(parts: Parts, { params: { chatbotId }, body }: PutRequest): Promise<object> {
  const { appId, appKey, callbackToken, ...rest } = body
  parts.chatbots.put({ chatbotId, appId, appKey, callbackToken, profile: { ...defaults, ...rest } }, parts.clock.now())
  const chatbot = getChatbot(parts, chatbotId)
  const urlCheck = await runUrlCheck(parts, chatbot)
  parts.callbacks.hurry(chatbotId, parts.clock.system())
  parts.wake()
  parts.changes.announceAll()
  return buildAnswer({ ...chatbot, urlCheck })
}

/** Never the app key nor the callback token. */
function buildAnswer({ chatbotId, number, appId, profile, menu, urlCheck }: Chatbot): object {
  return { chatbotId, number, appId, ...profile, menu: menu ?? null, urlCheck: urlCheck ?? null }
}

function getChatbot(parts: Parts, chatbotId: string): Chatbot {
  const chatbot = parts.chatbots.find(chatbotId)
  if (!chatbot) throw new Error('chatbot vanished')
  return chatbot
}

/** Finds the one chatbot behind a chatbotId, its number or its service number. */
export function resolveChatbot(parts: Parts, address: string): Chatbot {
  const [chatbot, another] = parts.chatbots.listByAddress(address)
  if (!chatbot) {
    throw new SandboxRefusal(404, 'chatbot_not_found', {
      message: 'no chatbot is registered under this address',
      where: '/body/to',
      remedy: 'register it with PUT /sandbox/chatbots/{chatbotId}; GET /sandbox/chatbots lists those there are',
    })
  }
  if (another && chatbot.chatbotId !== address) {
    throw new SandboxRefusal(409, 'chatbot_ambiguous', {
      message: 'several chatbots share this number',
      where: '/body/to',
      remedy: 'use the full chatbotId (sip:…)',
    })
  }
  return chatbot
}
