import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { openBooks, type Books, type Shown } from './books.ts'
import { hashHex, writeCanonical } from './canonical.ts'
import { confirmingRoutes } from './confirming.ts'
import { control } from './controls.ts'
import { customerRoutes } from './customers.ts'
import { deliver } from './events.ts'
import { feedRoutes } from './feed.ts'
import { admit, seal, type Arrival } from './gate.ts'
import { KeyRoom } from './key-room.ts'
import { payingRoutes } from './paying.ts'
import { Refusal } from './refusal.ts'
import type { Ask, Route } from './route.ts'

/**
 * Another bank, by other people: nothing of ours, no framework, no database; written after the published document of
 * the shared API and nothing else. It signs with ECDSA, and its deliveries with a secret.
 */
export interface SecondBank {
  readonly url: string
  readonly books: Books
  close(): Promise<void>
}

const routes = [...customerRoutes, ...confirmingRoutes, ...payingRoutes, ...feedRoutes]
const largest = 64 * 1024
const deliveryMs = 25

export async function openSecondBank(codesPerMinute = 9): Promise<SecondBank> {
  const books = openBooks(new KeyRoom(), codesPerMinute)
  const server = createServer((request, response) => void serve({ books, origin }, request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  let open = true
  const delivering = (async () => {
    while (open) {
      await deliver(books)
      await sleep(deliveryMs)
    }
  })()
  return {
    url: origin,
    books,
    close: async () => {
      open = false
      await delivering
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

interface Place {
  readonly books: Books
  readonly origin: string
}

async function serve({ books, origin }: Place, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const arrival = await receive(request)
  const url = new URL(arrival.target, origin)
  if (url.pathname === '/.well-known/jwks.json') return send(response, { status: 200, body: books.keys.publish() })
  const controlled = await control(books, { method: arrival.method, url, body: readObject(arrival.bytes) ?? {} })
  if (controlled) return send(response, { status: 200, body: controlled })
  const given = arrival.headers['x-interaction-id'] ?? ''
  const interactionId = /^[A-Za-z0-9-]{8,64}$/.test(given) ? given : randomUUID()
  const { status, shown } = await answer({ books, origin }, arrival, url).catch((error: unknown) =>
    refuse(error, interactionId),
  )
  if (await isLost(books, arrival, url)) return
  const bytes = Buffer.from(shown.body === undefined ? '' : JSON.stringify(shown.body))
  const signed = seal(books, { status, bytes, method: arrival.method, url: origin + arrival.target })
  const type = status >= 400 ? 'application/problem+json' : 'application/json'
  const content = bytes.length === 0 ? {} : { 'content-type': type }
  response.writeHead(status, { ...content, ...shown.headers, ...signed, 'x-interaction-id': interactionId })
  response.end(bytes.length === 0 ? undefined : bytes)
}

async function receive(request: IncomingMessage): Promise<Arrival> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
  return { method: request.method ?? '', target: request.url ?? '/', headers, bytes: Buffer.concat(chunks) }
}

function send(response: ServerResponse, { status, body }: { readonly status: number; readonly body: object }): void {
  const headers = { 'content-type': 'application/json', 'cache-control': 'public, max-age=600' }
  response.writeHead(status, headers).end(JSON.stringify(body))
}

interface Answer {
  readonly status: number
  readonly shown: Shown
}

async function answer({ books, origin }: Place, arrival: Arrival, url: URL): Promise<Answer> {
  const client = await admit(books, origin, arrival)
  if (arrival.bytes.length > largest) throw new Refusal('too_large')
  const found = findRoute(arrival.method, url.pathname)
  if (!found) throw new Refusal('not_found', { detail: 'No such address.' })
  const { route, parts } = found
  const ask = { books, client, parts, query: url.searchParams, headers: arrival.headers, body: {} }
  if (route.method !== 'POST') {
    const { status = 200, ...shown } = route.run(ask)
    return { status, shown }
  }
  const body = readObject(arrival.bytes)
  if (body === undefined) throw new Refusal('malformed', { detail: 'No JSON object.', places: [''] })
  return act(route, { ...ask, body }, arrival)
}

function findRoute(method: string, path: string): { readonly route: Route; readonly parts: string[] } | undefined {
  for (const route of routes) {
    const pattern = new RegExp(`^${route.path.replaceAll('*', '([^/]+)')}$`)
    const match = route.method === method ? pattern.exec(path) : null
    if (match) return { route, parts: match.slice(1).map(decodeURIComponent) }
  }
  return undefined
}

/** Once for a key, and told as it is now whenever it is asked for again. */
async function act(route: Extract<Route, { method: 'POST' }>, ask: Ask, { headers }: Arrival): Promise<Answer> {
  const { runs } = ask.books
  const key = readKey(headers['idempotency-key'])
  const place = `${ask.client.id} ${route.path} ${key}`
  const fingerprint = hashHex(writeCanonical({ parts: ask.parts, body: ask.body }))
  const known = runs.get(place)
  if (known && known.fingerprint !== fingerprint) throw new Refusal('key_reused')
  if (known && !known.done) throw new Refusal('still_running', { waitSec: 1 })
  if (known?.done) {
    const shown = known.done.show()
    return {
      status: known.done.status,
      shown: { ...shown, headers: { ...shown.headers, 'idempotent-replay': 'true' } },
    }
  }
  const run: { fingerprint: string; done: ReturnType<typeof route.act> | undefined } = { fingerprint, done: undefined }
  runs.set(place, run)
  try {
    await slowly(ask.books, route.path)
    const done = route.act(ask)
    run.done = done
    return { status: done.status, shown: done.show() }
  } catch (error) {
    if (!run.done) runs.delete(place)
    throw error
  }
}

function readKey(field: string | undefined): string {
  if (field === undefined) throw new Refusal('missing_idempotency_key')
  const key = /^"([ !#-[\]-~]{20,64})"$/.exec(field)?.[1]
  if (key === undefined) throw new Refusal('malformed', { places: ['/idempotency-key'] })
  return key
}

function refuse(error: unknown, interactionId: string): Answer {
  if (!(error instanceof Refusal)) return refuse(new Refusal('internal', { outcome: 'unknown' }), interactionId)
  const { waitSec } = error.more
  const headers: Record<string, string> = waitSec === undefined ? {} : { 'retry-after': String(waitSec) }
  return { status: error.status, shown: { body: error.describe(interactionId), headers } }
}

function readObject(bytes: Buffer): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined
  } catch {
    return undefined
  }
}

async function slowly(books: Books, path: string): Promise<void> {
  const at = books.faults.findIndex((fault) => fault.kind === 'slow' && fault.path === path)
  const [fault] = at < 0 ? [] : books.faults.splice(at, 1)
  if (fault) await sleep(fault.delayMs)
}

/** An answer that never comes: the work is done. */
async function isLost(books: Books, { method }: Arrival, url: URL): Promise<boolean> {
  const at = books.faults.findIndex(({ kind, path }) => kind === 'timeout-after' && path === url.pathname)
  if (at < 0 || method !== 'POST') return false
  books.faults.splice(at, 1)
  return true
}
