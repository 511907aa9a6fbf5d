import type { Parts } from '../boot/parts.ts'
import type { Fault } from '../sandbox/fault.store.ts'
import { assertToken } from '../operations/access-token.ts'
import { assertHeaders, parseBody } from './bot-call.ts'
import type { BotOperation } from './bot-call.ts'
import { BotRefusal, botCode, buildRefusal, buildSuccess } from './bot-refusal.ts'
import type { Chatbot } from '../threads/chatbot.store.ts'

export interface BotRequest {
  readonly operation: BotOperation
  readonly path: string
  readonly version: string
  readonly chatbotId: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: unknown
  readonly serverUrl: string
}

/** What goes back. `silent` leaves the caller without an answer until it hangs up. */
export type BotAnswer =
  { readonly kind: 'silent' } | { readonly kind: 'answer'; readonly status: number; readonly text: string }

const slowDelayMs = 3000

/** Runs one call of a chatbot platform, bent by a sandbox fault if one waits for it. */
export async function answerBot(parts: Parts, request: BotRequest): Promise<BotAnswer> {
  const at = parts.clock.now()
  const { fault: operation } = request.operation
  const fault = operation && parts.faults.take(operation, () => true)
  if (fault?.kind === 'slow') await pause(parts, fault.delayMs ?? slowDelayMs)
  if (fault?.kind === 'token-expired') parts.tokens.expire(request.chatbotId)
  const before = fault && findAnswerBefore(fault)
  const body = before ? undefined : runCall(parts, request, fault)
  const answer = before ?? bendAnswer(body ?? {}, fault)
  noteExchange(parts, request, { at, answer })
  return answer
}

function findAnswerBefore({ kind }: Fault): BotAnswer | undefined {
  if (kind === 'timeout-before') return { kind: 'silent' }
  return kind === '500-before' ? brokenAnswer : undefined
}

const brokenAnswer: BotAnswer = { kind: 'answer', status: 500, text: 'Internal Server Error' }

/** Every failure of this protocol is an HTTP 200 with a code in the body. */
function bendAnswer(body: object, fault: Fault | undefined): BotAnswer {
  const text = JSON.stringify(body)
  switch (fault?.kind) {
    case 'timeout-after':
      return { kind: 'silent' }
    case '500-after':
      return brokenAnswer
    case 'malformed':
      return { kind: 'answer', status: 200, text: text.slice(0, Math.ceil(text.length / 2)) }
    default:
      return { kind: 'answer', status: 200, text }
  }
}

function runCall(parts: Parts, request: BotRequest, fault: Fault | undefined): object {
  const chatbot = parts.chatbots.find(request.chatbotId)
  const { idFields } = request.operation
  const style = { errorCodeStyle: chatbot?.profile.errorCodeStyle ?? 'string', idFields }
  try {
    return buildSuccess(style, runChecked(parts, request, { chatbot, fault }))
  } catch (cause) {
    if (!(cause instanceof BotRefusal)) parts.log('bot_call_failed', { path: request.operation.path })
    const refusal = cause instanceof BotRefusal ? cause : new BotRefusal(botCode.internal, 'internal error')
    return buildRefusal(style, refusal, readLeniently(request.text))
  }
}

interface CallContext {
  readonly chatbot: Chatbot | undefined
  readonly fault: Fault | undefined
}

function runChecked(parts: Parts, request: BotRequest, { chatbot, fault }: CallContext): object {
  const { operation, version, headers, text, serverUrl } = request
  if (version !== 'v1') throw new BotRefusal(botCode.request, 'this platform speaks version v1 only')
  if (!chatbot) throw new BotRefusal(botCode.unauthorised, 'this chatbot is not registered')
  assertHeaders(headers)
  if (operation.needsToken) assertToken(parts, chatbot, readHeader(headers['authorization']))
  if (fault?.kind === 'code') throw new BotRefusal(fault.errorCode ?? botCode.internal, 'sandbox fault')
  return operation.run(parts, { chatbot, body: parseBody(text), serverUrl })
}

function readHeader(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value
}

function readLeniently(text: unknown): Readonly<Record<string, unknown>> {
  try {
    return parseBody(text)
  } catch {
    return {}
  }
}

interface Noted {
  readonly at: number
  readonly answer: BotAnswer
}

/** The drawer shows what crossed the wire. Tokens do not: neither headers nor answers of token calls are kept. */
function noteExchange(parts: Parts, request: BotRequest, { at, answer }: Noted): void {
  const body = readLeniently(request.text)
  const messageId = body['messageId']
  if (typeof messageId !== 'string' || request.operation.fault === 'token') return
  const asked = { method: request.operation.method, path: request.path, body }
  const answered =
    answer.kind === 'silent'
      ? {}
      : { response: { status: answer.status, body: readAnswer(answer.text) }, answeredAt: parts.clock.now() }
  parts.exchanges.add({ chatbotId: request.chatbotId, messageId }, { at, request: asked, ...answered })
}

function readAnswer(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function pause(parts: Parts, delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    parts.surroundings.after(delayMs, resolve)
  })
}
