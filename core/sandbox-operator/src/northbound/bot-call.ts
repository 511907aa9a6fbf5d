import type { Parts } from '../boot/parts.ts'
import type { Operation } from '../sandbox/fault.store.ts'
import type { Chatbot } from '../threads/chatbot.store.ts'
import { BotRefusal, botCode } from './bot-refusal.ts'

/** A call that passed the checks every operation shares. */
export interface BotCall {
  readonly chatbot: Chatbot
  readonly body: Readonly<Record<string, unknown>>
  /** The base URL of this platform, told with each token. */
  readonly serverUrl: string
}

export interface BotOperation {
  readonly method: 'GET' | 'POST'
  /** Path below `/bot/{version}/{chatbotId}`. */
  readonly path: string
  readonly needsToken: boolean
  /** Which faults of the sandbox strike it. */
  readonly fault?: Operation
  readonly idFields: readonly string[]
  /** Returns the fields of a success; throws BotRefusal. */
  readonly run: (parts: Parts, call: BotCall) => object
}

type Headers = Readonly<Record<string, string | string[] | undefined>>

/** The live platform answers 41001 when accept or date is missing, as if the token were. */
export function assertHeaders(headers: Headers): void {
  if (!headers['accept']) throw new BotRefusal(botCode.tokenMissing, 'the accept header is missing')
  const date = headers['date']
  if (typeof date !== 'string' || Number.isNaN(Date.parse(date))) {
    throw new BotRefusal(botCode.tokenMissing, 'the date header is missing or not a date (RFC 1123, GMT)')
  }
}

/** Reads the JSON object of a request; an empty body counts as `{}` for operations without one. */
export function parseBody(text: unknown): Readonly<Record<string, unknown>> {
  if (text === undefined || text === null || text === '') return {}
  const value = parseJson(String(text))
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new BotRefusal(botCode.parse, 'the body is not a JSON object')
  }
  return value as Readonly<Record<string, unknown>>
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new BotRefusal(botCode.parse, 'the body is not JSON')
  }
}
