import { timingSafeEqual } from 'node:crypto'
import type { Instant } from '@inthread/sdk/time'
import type { Keyring } from '@inthread/store'

/**
 * What a button stands for. It is opaque to the phone, bound to one conversation or bot, and cannot be made by anybody
 * else.
 */
export type Token =
  /** A reply of one visit of a run: it answers that question once, and is late for every other. */
  | {
      readonly kind: 'reply'
      readonly run: string
      readonly visit: number
      readonly option: number
      readonly expiresAt: Instant
    }
  /** A way in, good for ever: an intent of a plugin, or a word of the platform. */
  | { readonly kind: 'intent'; readonly plugin: string; readonly intent: string }
  | { readonly kind: 'word'; readonly word: string }

export interface TokenRealm {
  readonly tenantId: string
  /** The conversation for replies, the bot for ways in (which are printed under every user's thread). */
  readonly conversationId: string
  readonly botId: string
}

/** `<fields>.<mac>`: about 90 characters, well under a postback's 2,048. */
export function writeToken(keyring: Keyring, realm: TokenRealm, token: Token): string {
  const fields = writeFields(token)
  return `${fields}.${macOf(keyring, realm, { kind: token.kind, fields })}`
}

/** undefined for anything that we did not write for this conversation. */
export function findToken(keyring: Keyring, realm: TokenRealm, postback: string): Token | undefined {
  const at = postback.lastIndexOf('.')
  if (at < 0 || postback.length > 512) return undefined
  const fields = postback.slice(0, at)
  const token = readFields(fields)
  if (!token) return undefined
  // Compared as text: the same bytes can be written in more than one way.
  const given = Buffer.from(postback.slice(at + 1))
  const expected = Buffer.from(macOf(keyring, realm, { kind: token.kind, fields }))
  return given.length === expected.length && timingSafeEqual(given, expected) ? token : undefined
}

function macOf(
  keyring: Keyring,
  realm: TokenRealm,
  signed: { readonly kind: Token['kind']; readonly fields: string },
): string {
  const owner = signed.kind === 'reply' ? realm.conversationId : realm.botId
  return keyring.mac(realm.tenantId, 'token', `${owner}\u0000${signed.fields}`).subarray(0, 16).toString('base64url')
}

function writeFields(token: Token): string {
  switch (token.kind) {
    case 'reply':
      return ['r', token.run, token.visit, token.option, token.expiresAt].join('~')
    case 'intent':
      return ['i', token.plugin, token.intent].join('~')
    case 'word':
      return ['w', token.word].join('~')
  }
}

function readFields(fields: string): Token | undefined {
  const [mark, ...rest] = fields.split('~')
  if (mark === 'r' && rest.length === 4 && rest.slice(1).every((part) => /^[0-9]{1,17}$/.test(part))) {
    return {
      kind: 'reply',
      run: rest[0] ?? '',
      visit: Number(rest[1]),
      option: Number(rest[2]),
      expiresAt: Number(rest[3]),
    }
  }
  if (mark === 'i' && rest.length === 2) return { kind: 'intent', plugin: rest[0] ?? '', intent: rest[1] ?? '' }
  if (mark === 'w' && rest.length === 1) return { kind: 'word', word: rest[0] ?? '' }
  return undefined
}
