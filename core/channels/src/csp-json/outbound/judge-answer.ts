import type { HttpResponse } from '@inthread/sdk/channel'
import { isObject, type JsonObject } from '../../rcc07/rule.ts'
import { judgeCode, type CodeVerdict } from './judge-code.ts'

export type Answer = { readonly kind: 'done'; readonly body: JsonObject } | CodeVerdict

export interface AnswerForm {
  /** Answers of this call carry data and need no error code to be understood. */
  readonly codeOptional: boolean
}

const unreadableAfterMs = 5000
const waitingStatuses: ReadonlySet<number> = new Set([408, 425, 429])

/**
 * The error code decides, whatever the HTTP status: it is not known which status a platform gives to its refusals.
 * Where there is no readable code the status decides, and what cannot be understood is asked again with the same id.
 */
export function judgeAnswer({ status, body }: HttpResponse, { codeOptional }: AnswerForm): Answer {
  const answer = findObject(body)
  const code = findCode(answer?.['errorCode'])
  if (code !== undefined && code !== 0) return judgeCode(code)
  const accepted = status >= 200 && status <= 299
  if (accepted && answer && (code === 0 || codeOptional)) return { kind: 'done', body: answer }
  if (accepted || code === 0) return retry('operator.unreadable: the answer is not what was agreed')
  if (status >= 500 || waitingStatuses.has(status)) return retry(`http.${status}`)
  return { kind: 'rejected', reason: `http.${status}` }
}

function retry(reason: string): Answer {
  return { kind: 'retry', afterMs: unreadableAfterMs, reason }
}

function findObject(bytes: Uint8Array): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** China Telecom writes `"0"`, China Unicom `0`. */
function findCode(value: unknown): number | undefined {
  if (typeof value === 'number' && Number.isInteger(value)) return value
  return typeof value === 'string' && /^-?\d{1,9}$/.test(value.trim()) ? Number(value) : undefined
}
