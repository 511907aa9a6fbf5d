import { randomUUID } from 'node:crypto'
import { startPushServer } from './push-server.ts'
import type { PushAnswer, PushServer, Received } from './push-server.ts'

export type Json = Readonly<Record<string, unknown>>

export interface CspOptions {
  readonly chatbotId?: string
  /** Overrides for the registration body. */
  readonly profile?: Json
  /** Chooses the HTTP status for each push; default 200. */
  readonly answer?: (push: Received) => PushAnswer
  /** Called for each message of a user after it was answered 200. */
  readonly onMessage?: (csp: ScriptedCsp, push: Received) => void
}

export interface ScriptedCsp {
  readonly chatbotId: string
  readonly pushes: PushServer
  readonly register: (changes?: Json) => Promise<Json>
  readonly call: (path: string, body: unknown, changes?: CallChanges) => Promise<Json>
  readonly token: () => Promise<string>
  /** Sends a message; the answer of the platform comes back. */
  readonly send: (phone: string, items: readonly object[], changes?: Json) => Promise<Json>
  readonly messages: () => Received[]
  readonly statuses: (messageId: string) => string[]
  readonly close: () => Promise<void>
}

export interface CallChanges {
  readonly headers?: Readonly<Record<string, string | undefined>>
  readonly method?: string
  readonly rawBody?: string
}

export const appId = 'demoAppId01'
export const appKey = 'demoAppKey01'
export const callbackToken = 'demoCallbackTok1'
const demoChatbotId = 'sip:106900000010001@botplatform.rcs.vnet.cn'

/** A small chatbot platform for tests: it registers, fetches tokens, sends, and notes what is pushed to it. */
export async function startScriptedCsp(operatorUrl: string, options: CspOptions = {}): Promise<ScriptedCsp> {
  const chatbotId = options.chatbotId ?? demoChatbotId
  const algorithm = options.profile?.['callbackAlgorithm'] === 'hmac-sha256' ? 'hmac-sha256' : 'sha256'
  const holder: { csp?: ScriptedCsp } = {}
  const pushes = await startPushServer({ token: callbackToken, algorithm, appId }, (push) => {
    const answer = options.answer?.(push) ?? 200
    const { csp } = holder
    if (answer === 200 && csp && push.path.startsWith('/messageNotification/')) options.onMessage?.(csp, push)
    return answer
  })
  const csp = createCsp({ operatorUrl, chatbotId, pushes, profile: options.profile ?? {} })
  holder.csp = csp
  return csp
}

interface CspBase {
  readonly operatorUrl: string
  readonly chatbotId: string
  readonly pushes: PushServer
  readonly profile: Json
}

function createCsp(base: CspBase): ScriptedCsp {
  const { operatorUrl, chatbotId, pushes } = base
  const known = { token: '' }
  const call: ScriptedCsp['call'] = (path, body, changes = {}) =>
    callBot(`${operatorUrl}/bot/v1/${encodeURIComponent(chatbotId)}${path}`, body, {
      ...changes,
      headers: { authorization: `accessToken ${known.token}`, ...changes.headers },
    })
  const token = async (): Promise<string> => {
    const answer = await call('/accessToken', { appId, appKey }, { headers: { authorization: undefined } })
    known.token = String(answer['accessToken'])
    return known.token
  }
  return {
    chatbotId,
    pushes,
    register: (changes = {}) => registerBot(base, changes),
    call,
    token,
    send: async (phone, items, changes = {}) => {
      if (known.token === '') await token()
      return call('/messages', buildSend({ chatbotId, phone, items }, changes))
    },
    messages: () => pushes.received.filter(({ path }) => path.startsWith('/messageNotification/')),
    statuses: (messageId) =>
      pushes.received
        .flatMap(({ body }) => body?.deliveryInfoList ?? [])
        .filter((info) => info['messageId'] === messageId)
        .map((info) => String(info['status'])),
    close: pushes.close,
  }
}

async function registerBot({ operatorUrl, chatbotId, pushes, profile }: CspBase, changes: Json): Promise<Json> {
  const body = {
    name: '北方铁路',
    serviceNumber: '10690001',
    provider: '北方铁路集团',
    description: '购票、改签、退票',
    verified: true,
    appId,
    appKey,
    notifyUrl: pushes.url,
    callbackToken,
    callbackAlgorithm: 'sha256',
    ...profile,
    ...changes,
  }
  const response = await fetch(`${operatorUrl}/sandbox/chatbots/${encodeURIComponent(chatbotId)}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return (await response.json()) as Json
}

export function buildSend(to: { chatbotId: string; phone: string; items: readonly object[] }, changes: Json): Json {
  return {
    messageId: randomUUID(),
    messageList: to.items,
    destinationAddress: [`tel:${to.phone}`],
    senderAddress: to.chatbotId,
    conversationId: 'c7b0a7f2-2f5f-4e2c-8f55-3c1f5d1b9a01',
    contributionId: randomUUID(),
    serviceCapability: [{ capabilityId: 'ChatbotSA', version: '+g.gsma.rcs.botversion="#=1"' }],
    trafficType: 'premium',
    reportRequest: ['sent', 'failed', 'delivered', 'displayed'],
    ...changes,
  }
}

/** A call in the protocol's dress. Headers given as undefined are left out. */
export async function callBot(url: string, body: unknown, changes: CallChanges = {}): Promise<Json> {
  const all = {
    accept: 'application/json',
    'content-type': 'application/json; charset=utf-8',
    date: new Date().toUTCString(),
    ...changes.headers,
  }
  const present = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined)
  const method = changes.method ?? 'POST'
  const sent = method === 'GET' ? {} : { body: changes.rawBody ?? JSON.stringify(body) }
  const response = await fetch(url, { method, headers: present, signal: AbortSignal.timeout(2500), ...sent })
  return { httpStatus: response.status, ...((await response.json()) as Json) }
}
