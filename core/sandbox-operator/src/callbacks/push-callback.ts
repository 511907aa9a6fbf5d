import type { Parts } from '../boot/parts.ts'
import type { Chatbot } from '../threads/chatbot.store.ts'
import type { Callback } from './callback.store.ts'
import { buildSignature } from './signature.ts'

/** What came back, or why nothing did. `status` is missing when there was no answer at all. */
export interface PushResult {
  readonly status?: number
  readonly problem?: string
}

export interface Push {
  readonly chatbot: Chatbot
  readonly callback: Callback
  readonly nonce: string
  /** Seconds since 1970. */
  readonly timestamp: string
  readonly signal: AbortSignal
}

/** One POST to the chatbot platform. Never throws: a failure is a result. */
export async function pushCallback(parts: Parts, push: Push, body = push.callback.body): Promise<PushResult> {
  const limit = AbortSignal.any([push.signal, AbortSignal.timeout(parts.timings.callbackTimeoutMs)])
  try {
    const response = await parts.surroundings.fetch(buildUrl(push.chatbot, push.callback.path), {
      method: 'POST',
      headers: { ...buildSignedHeaders(push.chatbot, push), 'content-type': 'application/json' },
      body,
      redirect: 'manual',
      signal: limit,
    })
    await response.body?.cancel()
    return response.ok ? { status: response.status } : { status: response.status, problem: 'refused' }
  } catch (cause) {
    return { problem: describeFailure(cause) }
  }
}

export function buildUrl(chatbot: Chatbot, path: string): string {
  return chatbot.profile.notifyUrl.replace(/\/+$/, '') + path
}

export function buildSignedHeaders(
  chatbot: Chatbot,
  { nonce, timestamp }: Pick<Push, 'nonce' | 'timestamp'>,
): Record<string, string> {
  const input = { token: chatbot.callbackToken, timestamp, nonce }
  return { signature: buildSignature(input, chatbot.profile.callbackAlgorithm), timestamp, nonce }
}

/** The reason without addresses: messages of network errors may carry host names, and never help more than the code. */
export function describeFailure(cause: unknown): string {
  if (!(cause instanceof Error)) return 'no connection'
  if (cause.name === 'TimeoutError') return 'no answer in time'
  if (cause.name === 'AbortError') return 'stopped'
  const inner = cause.cause
  const code = inner instanceof Error && 'code' in inner ? String(inner.code) : undefined
  return code ? `no connection (${code})` : 'no connection'
}
