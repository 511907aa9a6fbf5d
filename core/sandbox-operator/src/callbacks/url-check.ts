import type { Parts } from '../boot/parts.ts'
import type { Chatbot, UrlCheck } from '../threads/chatbot.store.ts'
import { buildSignedHeaders, buildUrl, describeFailure } from './push-callback.ts'

/** The registration waits for the check, and whoever registers does not wait for ever. */
const checkLimitMs = 3000

/** `GET <notifyUrl>/notifyPath`: the platform must give back the echo and its appId as response headers. */
export async function runUrlCheck(parts: Parts, chatbot: Chatbot): Promise<UrlCheck> {
  const problem = await findUrlProblem(parts, chatbot)
  const at = new Date(parts.clock.now()).toISOString()
  const check: UrlCheck = problem === undefined ? { ok: true, at } : { ok: false, at, problem }
  parts.chatbots.putPart(chatbot.chatbotId, 'url_check', check)
  parts.log('url_check', { chatbot: chatbot.chatbotId, ok: check.ok })
  return check
}

async function findUrlProblem(parts: Parts, chatbot: Chatbot): Promise<string | undefined> {
  const echoStr = parts.ids.uuid()
  const timestamp = String(Math.floor(parts.clock.now() / 1000))
  const signed = buildSignedHeaders(chatbot, { nonce: parts.ids.uuid(), timestamp })
  try {
    const response = await parts.surroundings.fetch(buildUrl(chatbot, '/notifyPath'), {
      headers: { ...signed, echoStr, chatbotId: chatbot.chatbotId },
      redirect: 'manual',
      signal: AbortSignal.timeout(Math.min(parts.timings.callbackTimeoutMs, checkLimitMs)),
    })
    await response.body?.cancel()
    if (response.status !== 200) return `GET notifyPath was answered ${response.status}, expected 200`
    if (response.headers.get('echoStr') !== echoStr) return 'the answer lacks the header echoStr with the value sent'
    if (response.headers.get('appId') !== chatbot.appId) return 'the answer lacks the header appId with this app id'
    return undefined
  } catch (cause) {
    return `GET notifyPath: ${describeFailure(cause)}; is the chatbot platform running?`
  }
}
