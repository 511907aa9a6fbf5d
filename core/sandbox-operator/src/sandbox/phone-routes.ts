import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Parts } from '../boot/parts.ts'
import { acceptSms } from '../threads/accept-sms.ts'
import type { Sms } from '../threads/accept-sms.ts'
import { acceptUserMessage } from '../threads/accept-user-message.ts'
import { displayMessages } from '../threads/display-messages.ts'
import type { Phone } from '../threads/phone.store.ts'
import { listThreads } from '../view/phone-view.ts'
import { resolveChatbot } from './chatbot-routes.ts'
import { input, readPhoneParam } from './input-schema.ts'
import { SandboxRefusal } from './sandbox-refusal.ts'
import { acceptTap } from './accept-tap.ts'
import type { Tap } from './accept-tap.ts'

type Say = { from: string; to: string; text: string }
type Displayed = { phone: string; threadId: number; messageIds: string[] }
type OfPhone = FastifyRequest<{ Querystring: { phone: string } }>

/** What a phone's user can do: `say`, `tap`, look, get short messages, be switched off. */
export function registerPhoneRoutes(app: FastifyInstance, parts: Parts): void {
  app.post('/sandbox/say', { schema: input.say }, (request: FastifyRequest<{ Body: Say }>) => say(parts, request.body))
  app.post('/sandbox/tap', { schema: input.tap }, (request: FastifyRequest<{ Body: Tap }>) =>
    acceptTap(parts, request.body),
  )
  app.post('/sandbox/sms', { schema: input.sms }, (request: FastifyRequest<{ Body: Sms }>) => ({
    messageId: acceptSms(parts, request.body),
  }))
  app.get('/sandbox/threads', { schema: input.ofPhone }, (request: OfPhone) => {
    const phone = readPhoneParam(request.query.phone)
    return { phone, threads: listThreads(parts, phone) }
  })
  app.post('/sandbox/displayed', { schema: input.displayed }, (request: FastifyRequest<{ Body: Displayed }>) =>
    display(parts, request.body),
  )
  app.get('/sandbox/phones', () => ({ phones: parts.phones.list() }))
  app.post('/sandbox/phones', { schema: input.phone }, (request: FastifyRequest<{ Body: Phone }>) => {
    parts.phones.put(request.body)
    parts.changes.announceAll()
    return request.body
  })
}

function say(parts: Parts, { from, to, text }: Say): { messageId: string } {
  const chatbot = resolveChatbot(parts, to)
  assertSwitchedOn(parts, from)
  return {
    messageId: acceptUserMessage(parts, { chatbot, phone: from, part: { contentType: 'text/plain', content: text } }),
  }
}

function assertSwitchedOn(parts: Parts, phone: string): void {
  if (parts.phones.get(phone).on) return
  throw new SandboxRefusal(409, 'phone_off', {
    message: 'this phone is switched off',
    where: '/body/from',
    remedy: 'switch it on with POST /sandbox/phones',
  })
}

function display(parts: Parts, { phone, threadId, messageIds }: Displayed): object {
  const thread = parts.threads.list(phone).find(({ id }) => id === threadId)
  if (!thread) {
    throw new SandboxRefusal(404, 'thread_not_found', {
      message: 'this phone has no such thread',
      where: '/body/threadId',
      remedy: 'take the id from GET /sandbox/threads',
    })
  }
  displayMessages(parts, threadId, messageIds)
  return {}
}
