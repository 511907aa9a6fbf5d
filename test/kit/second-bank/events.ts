import { createHmac } from 'node:crypto'
import { nextId, now, timeText, type BankEvent, type Books, type Client } from './books.ts'

interface Subject {
  readonly id: string
  readonly client: string
  readonly clientRef: string
  readonly state: string
  readonly version: number
}

const retryMs = [5_000, 300_000, 1_800_000]

/** Written down at once, delivered when its turn comes. */
export function tell(books: Books, type: string, { id, client, clientRef, state, version }: Subject): void {
  const body = {
    data: { version, state, clientRef, id },
    timestamp: timeText(now(books)),
    type,
    id: `E${nextId(books)}`,
  }
  books.events.push({ seq: books.events.length + 1, client, body, dueAt: now(books), attempts: 0 })
}

/** Delivers what is due, one after the other; what is not taken waits for its next turn. */
export async function deliver(books: Books): Promise<void> {
  for (const event of books.events) {
    const client = books.clients.get(event.client)
    if (!client || event.dueAt > now(books)) continue
    event.attempts += 1
    const taken = await post(books, client, event)
    const next = retryMs[event.attempts - 1]
    event.dueAt = taken || next === undefined ? Number.POSITIVE_INFINITY : now(books) + next
  }
}

async function post(books: Books, client: Client, event: BankEvent): Promise<boolean> {
  const body = JSON.stringify(event.body)
  const timestamp = String(Math.floor(now(books) / 1000))
  const key = Buffer.from(client.secret.slice('whsec_'.length), 'base64')
  const mark = createHmac('sha256', key).update(`${event.body.id}.${timestamp}.${body}`).digest('base64')
  const headers = {
    'webhook-signature': `v1,${mark}`,
    'webhook-timestamp': timestamp,
    'webhook-id': event.body.id,
    'content-type': 'application/json',
  }
  try {
    return (await fetch(client.webhookUrl, { method: 'POST', headers, body, redirect: 'error' })).ok
  } catch {
    return false
  }
}
