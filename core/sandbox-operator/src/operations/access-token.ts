import { createHash, timingSafeEqual } from 'node:crypto'
import { renderChinaDay } from '../boot/clock.ts'
import type { Parts } from '../boot/parts.ts'
import type { Chatbot } from '../threads/chatbot.store.ts'
import { BotRefusal, botCode } from '../northbound/bot-refusal.ts'
import type { BotCall } from '../northbound/bot-call.ts'

/** Answers `POST …/accessToken`. The new token is the only valid one. */
export function issueToken(parts: Parts, { chatbot, body, serverUrl }: BotCall): object {
  assertCredentials(chatbot, body)
  const day = renderChinaDay(parts.clock.now())
  if (parts.tokens.countIssued(chatbot.chatbotId, day) >= chatbot.profile.tokensPerDay) {
    throw new BotRefusal(botCode.dayLimit, `more than ${chatbot.profile.tokensPerDay} tokens today`)
  }
  const accessToken = parts.surroundings.randomBytes(24).toString('base64url')
  const expires = chatbot.profile.tokenTtlSec
  parts.db.transact(() => {
    parts.tokens.put(chatbot.chatbotId, hash(accessToken), parts.clock.now() + expires * 1000)
    parts.tokens.addIssued(chatbot.chatbotId, day)
  })
  return { accessToken, expires, url: serverUrl }
}

function assertCredentials(chatbot: Chatbot, body: Readonly<Record<string, unknown>>): void {
  const { appId, appKey } = body
  if (typeof appId !== 'string' || appId === '') throw new BotRefusal(botCode.appIdMissing, 'appId is missing')
  if (typeof appKey !== 'string' || appKey === '') throw new BotRefusal(botCode.appKeyMissing, 'appKey is missing')
  const known = isSame(hash(appId), hash(chatbot.appId)) && isSame(hash(appKey), hash(chatbot.appKey))
  if (!known) throw new BotRefusal(botCode.credentials, 'appId and appKey do not belong to this chatbot')
}

/** `authorization: accessToken <token>`, or the bare token as some clients send it. */
export function assertToken(parts: Parts, chatbot: Chatbot, authorization: string | undefined): void {
  const token = authorization?.replace(/^accessToken\s+/i, '').trim()
  if (!token) throw new BotRefusal(botCode.tokenMissing, 'the authorization header is missing')
  const current = parts.tokens.find(chatbot.chatbotId)
  if (!current || !isSame(current.hash, hash(token))) throw new BotRefusal(botCode.badToken, 'invalid access token')
  if (current.expiresAt <= parts.clock.now()) throw new BotRefusal(botCode.tokenExpired, 'access token expired')
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function isSame(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(a), Buffer.from(b))
}
