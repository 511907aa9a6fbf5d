import { createHash, randomUUID, sign } from 'node:crypto'
import { sql, sqlOf } from '@inthread/store/sql'
import { own, openNeighbours, ownAccount, type Neighbours } from '../isolation/neighbours.ts'
import type { TestDatabase } from '../databases.ts'
import { findFreePorts, releasePorts } from '../ports.ts'
import { openSecondBank, type SecondBank } from './second-bank.ts'
import { Routes } from './routes.ts'

/** Something that is sent to one of the house's servers. */
export interface Knock {
  readonly path: string
  readonly method?: string
  readonly headers?: Headers
  readonly body?: string | Buffer
  /** Which of the servers it is sent to. */
  readonly server?: 'platform' | 'internal'
}

export type Headers = Readonly<Record<string, string>>

export interface Answer {
  readonly status: number
  readonly body: string
  readonly type: string
  /** What an answer's headers may carry outside. */
  readonly told: string
}

/** Two tenants of one house, and everything that the own one can send to its doors. */
export interface DoorWorld {
  readonly neighbours: Neighbours
  readonly routes: readonly string[]
  /** Of the own tenant's owner. */
  readonly key: string
  knock(knock: Knock): Promise<Answer>
  /** As the own tenant's operator would. */
  signPush(nonce?: string): Headers
  /** As the own tenant's second bank would. */
  signNotice(body: string, id?: string): Headers
  /** As a page would that the own tenant's owner has open, each time from another address. */
  signPage(): Headers
  /** As if nobody had guessed at anything yet. */
  forgetAttempts(): Promise<void>
  stop(): Promise<void>
}

export async function openDoorWorld(database: TestDatabase, pageCache: string): Promise<DoorWorld> {
  const routes = new Routes()
  const bank = await openSecondBank(own)
  const ports = await findFreePorts(1)
  const neighbours = await openNeighbours(database, {
    house: { onRoute: routes.onRoute, pageCache },
    environment: { INTHREAD_INTERNAL_PORT: String(ports[0]), INTHREAD_TRUSTED_PROXIES: '127.0.0.1' },
    change: ({ banks, operators: [operator] }) => {
      banks.push(bank.definition)
      Object.assign(operator ?? {}, { rate: { perSecond: 10_000 } })
    },
  })
  const { house, api } = neighbours.sandbox
  const urls = { platform: house.url, internal: `http://127.0.0.1:${ports[0]}` }
  const { key } = await api.keys.create.mutate({ name: 'doors', role: `owner:${own}` })
  let calls = 0
  return {
    neighbours,
    routes: routes.list(),
    key,
    knock: (knock) => send(`${urls[knock.server ?? 'platform']}${knock.path}`, knock),
    signPush,
    signNotice: (body, id = `evt_${randomUUID()}`) => signNotice(bank, body, id),
    signPage: () => {
      calls += 1
      const from = `10.${(calls >> 16) & 255}.${(calls >> 8) & 255}.${calls & 255}`
      return { cookie: neighbours.owner.cookie, origin: house.url, 'x-forwarded-for': from }
    },
    forgetAttempts: async () => {
      await house.store.write('test', (tx) => sql`delete from auth_attempt`.execute(sqlOf(tx)))
    },
    stop: async () => {
      await neighbours.stop()
      await bank.close()
      releasePorts([...ports])
    },
  }
}

async function send(url: string, { method = 'POST', headers = {}, body }: Knock): Promise<Answer> {
  const sent = body === undefined ? {} : { body: typeof body === 'string' ? body : new Uint8Array(body) }
  const answer = await fetch(url, { method, headers, redirect: 'manual', ...sent })
  const { status, headers: heard } = answer
  const told = ['location', 'echostr', 'set-cookie'].map((name) => heard.get(name) ?? '').join(' ')
  return { status, body: await answer.text(), type: heard.get('content-type') ?? '', told }
}

function signPush(nonce: string = randomUUID()): Headers {
  const timestamp = tellSeconds()
  const signed = [ownAccount.callbackToken, timestamp, nonce].toSorted().join('')
  return { signature: createHash('sha256').update(signed).digest('hex'), timestamp, nonce }
}

/** As Standard Webhooks says. */
function signNotice({ privateKey }: SecondBank, body: string, id: string): Headers {
  const timestamp = tellSeconds()
  const signature = sign(null, Buffer.from(`${id}.${timestamp}.${body}`), privateKey).toString('base64')
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1a,${signature}` }
}

function tellSeconds(): string {
  return String(Math.floor((performance.timeOrigin + performance.now()) / 1000))
}
