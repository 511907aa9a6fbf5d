import { generateKeyPairSync, randomBytes, randomUUID, sign, type KeyObject } from 'node:crypto'
import { Readable } from 'node:stream'
import { railBot } from '../kit/phone.ts'
import { startOperatorStub } from './operator-stub.ts'

/** Something that is sent to one of the house's doors. */
export interface Knock {
  readonly path: string
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer | Iterable<Buffer>
}

export interface Answer {
  readonly status: number
  readonly body: string
}

/** Knocks at the doors of one house, and keeps everything that is answered. */
export class Visitor {
  readonly heard: (Answer & { readonly to: string })[] = []
  readonly #houseUrl: string

  constructor(houseUrl: string) {
    this.#houseUrl = houseUrl
  }

  async knock({ path, method = 'POST', headers = {}, body }: Knock): Promise<Answer> {
    const poured = typeof body === 'string' || Buffer.isBuffer(body) ? body : body && Readable.from(body)
    const sent = poured === undefined ? {} : { body: poured, duplex: 'half' as const }
    const answer = await fetch(`${this.#houseUrl}${path}`, { method, headers, ...sent })
    const heard = { status: answer.status, body: await answer.text() }
    this.heard.push({ to: `${method} ${path.slice(0, 80)}`, ...heard })
    return heard
  }
}

/** What is knocked with and the status that is due, by name; built when the house stands. */
export type KnockRow = readonly [name: string, status: number, build: () => Knock]

/** Stands in everything that is sent, and must stand in nothing that is answered or logged. */
export const mark = `mark${randomBytes(6).toString('hex')}`

export const callbackToken = 'railCallback0001'
const chatbot = encodeURIComponent(railBot)
export const paths = {
  messages: `/in/northern-rail.ct/messageNotification/${chatbot}/messages`,
  states: `/in/northern-rail.ct/deliveryNotification/${chatbot}/status`,
  audits: `/in/northern-rail.ct/notifyInfoNotification/${chatbot}/check`,
  notices: '/bank/northern-rail.second/events',
}

export const tapType = 'application/vnd.gsma.botsuggestion.response.v1.0+json'
export const textPart = { contentType: 'text/plain', contentText: mark }

/** A message from a phone, as its operator writes it. */
export function writeMessage(part: object, more: object = {}): string {
  const senderAddress = 'tel:+8613999990001'
  return JSON.stringify({ messageId: `${mark}-${randomUUID()}`, messageList: [part], senderAddress, ...more })
}

/** The same with some JSON in it that no object could be written as. */
export function writeMessageWith(json: string): string {
  return writeMessage({ contentType: 'x/y', contentText: 0 }).replace(':0', `:${json}`)
}

export function nest(levels: number): string {
  return `${'['.repeat(levels)}${']'.repeat(levels)}`
}

export const tenMegabytes = Buffer.alloc(10 * 1024 * 1024, mark)

/** As many bytes piece by piece, always the same piece: what memory they take is not ours. */
export function* pourTenMegabytes(): Generator<Buffer> {
  const piece = tenMegabytes.subarray(0, 64 * 1024)
  for (let sent = 0; sent < tenMegabytes.length; sent += piece.length) yield piece
}

/** A notice of a bank, signed as Standard Webhooks says. */
export function writeNotice(key: KeyObject, body: string, ageSec = 0): Knock {
  const id = `${mark}${randomUUID()}`
  const timestamp = String(Math.floor((performance.timeOrigin + performance.now()) / 1000) - ageSec)
  const signature = `v1a,${sign(null, Buffer.from(`${id}.${timestamp}.${body}`), key).toString('base64')}`
  const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature }
  return { path: paths.notices, headers, body }
}

/** A bank that publishes a key and does nothing else; what it signs is genuine. */
export interface SecondBank {
  readonly privateKey: KeyObject
  readonly definition: Record<string, unknown>
  close(): Promise<void>
}

export async function openSecondBank(): Promise<SecondBank> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const keys = [{ ...publicKey.export({ format: 'jwk' }), kid: 'second' }]
  const stub = await startOperatorStub(({ path }) =>
    path === '/.well-known/jwks.json' ? { json: { keys } } : { status: 404, json: {} },
  )
  const signingKey = { secret: `plain:${randomBytes(32).toString('base64url')}` }
  const client = { clientId: 'rail-at-second', signingKey }
  const definition = { id: 'second', connector: 'open-api', baseUrl: stub.root, ...client }
  return { privateKey, definition, close: () => stub[Symbol.asyncDispose]() }
}
