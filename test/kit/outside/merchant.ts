import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** An event as a merchant's server gets it. */
export interface MerchantEvent {
  readonly type: string
  readonly timestamp: string
  readonly thread: string
  readonly data: Readonly<Record<string, string>>
}

export type Answering = (event: MerchantEvent) => unknown

/** What a server does besides answering as agreed. */
export type Mischief = 'none' | 'silent' | 'broken' | 'large' | 'error' | 'redirect'

/**
 * A merchant's own server, written after plugins/webhook-scene/README.md and with nothing of ours: it checks what it
 * gets and answers as the test says.
 */
export class Merchant {
  readonly events: MerchantEvent[] = []
  /** Requests that were not signed as they should be. */
  readonly forged: string[] = []
  readonly secret = `whsec_${Buffer.alloc(32, 5).toString('base64')}`
  readonly #waiting: ServerResponse[] = []
  readonly #ids = new Set<string>()
  readonly #server: Server
  answering: Answering = () => null
  mischief: Mischief = 'none'
  /** Requests that came a second time under the same id. */
  repeated = 0

  constructor() {
    this.#server = createServer((request, response) => void this.#serve(request, response))
  }

  async open(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    return (this.#server.address() as AddressInfo).port
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  /** Answers everybody who was left waiting, whether they still listen or not. */
  speakUp(answer: unknown): void {
    for (const response of this.#waiting.splice(0)) response.end(JSON.stringify(answer))
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const body = Buffer.concat(parts).toString('utf8')
    if (!this.#isGenuine(request, body)) {
      this.forged.push(body)
      response.writeHead(401).end()
      return
    }
    const id = String(request.headers['webhook-id'])
    if (this.#ids.has(id)) this.repeated += 1
    this.#ids.add(id)
    const event = JSON.parse(body) as MerchantEvent
    this.events.push(event)
    this.#answer(event, response)
  }

  #isGenuine({ headers }: IncomingMessage, body: string): boolean {
    const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`
    const key = Buffer.from(this.secret.slice('whsec_'.length), 'base64')
    const wanted = Buffer.from(`v1,${createHmac('sha256', key).update(signed).digest('base64')}`)
    const given = Buffer.from(String(headers['webhook-signature']))
    return wanted.length === given.length && timingSafeEqual(wanted, given)
  }

  #answer(event: MerchantEvent, response: ServerResponse): void {
    switch (this.mischief) {
      case 'silent':
        this.#waiting.push(response)
        return
      case 'broken':
        return void response.end('{"messages": [')
      case 'large':
        return void response.end(JSON.stringify({ messages: [{ text: 'x'.repeat(70_000) }] }))
      case 'error':
        return void response.writeHead(500).end('{}')
      case 'redirect':
        return void response.writeHead(307, { location: 'http://127.0.0.1:1/' }).end()
      case 'none':
        return void response.end(JSON.stringify(this.answering(event)))
    }
  }
}
