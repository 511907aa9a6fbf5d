import { now, type Books, type Client } from './books.ts'
import { tell } from './events.ts'
import { readKeys } from './gate.ts'

interface Control {
  readonly method: string
  readonly url: URL
  readonly body: Readonly<Record<string, unknown>>
}

/** What only the test environment of this bank has. undefined for any other address. */
export async function control(books: Books, { method, url, body }: Control): Promise<object | undefined> {
  const [, client] = /^\/sandbox\/clients\/(.+)$/.exec(url.pathname) ?? []
  if (method === 'PUT' && client !== undefined) return register(books, decodeURIComponent(client), body)
  switch (`${method} ${url.pathname}`) {
    case 'GET /sandbox/codes':
      return { codes: listCodes(books, (url.searchParams.get('phone') ?? '').replace(/^ /, '+')) }
    case 'POST /sandbox/faults':
      books.faults.push({
        path: String(Reflect.get(Object(body['match']), 'path')),
        kind: String(body['do']),
        delayMs: Number(body['delayMs']),
      })
      return {}
    case 'POST /sandbox/keys/rotate':
      books.keys.rotate()
      for (const client of books.clients.keys())
        tell(books, 'keys.rotated', { id: books.keys.kid, client, clientRef: 'none', state: 'rotated', version: 1 })
      return {}
    case 'POST /v1/simulations/clock':
      books.offsetMs += Number(body['advance'])
      return { offsetMs: books.offsetMs }
    case 'GET /sandbox/payments':
      return { payments: [...books.payments.values()].map(({ clientRef, state }) => ({ clientRef, state })) }
    default:
      return undefined
  }
}

async function register(books: Books, id: string, body: Control['body']): Promise<object> {
  const client: Client = {
    id,
    jwksUrl: String(body['jwksUrl']),
    webhookUrl: String(body['webhookUrl']),
    name: String(body['merchantName'] ?? id),
    secret: String(body['webhookSecret'] ?? defaultSecret),
    keys: new Map(),
    readAt: now(books),
  }
  books.clients.set(id, client)
  await readKeys(books, client)
  // A check begins at once, and may be signed with a key that is not there yet.
  client.readAt = 0
  return { id, name: client.name }
}

export const defaultSecret = `whsec_${Buffer.from('0123456789abcdef0123456789abcdef').toString('base64')}`

/** The newest first. */
function listCodes(books: Books, phone: string): readonly object[] {
  const own = [...books.confirmations.values()].filter(({ link }) => link.phone === phone)
  return own.toReversed().map(({ code, id }) => ({ confirmationId: id, code }))
}
