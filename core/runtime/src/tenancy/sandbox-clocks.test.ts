import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { storeMigrations } from '@inthread/store'
import { openGround, type Ground } from '../../../../test/kit/ground.ts'
import { describeOnSqlite } from '../../../../test/kit/requirements.ts'
import { BusinessClock } from '../ports/clock.ts'
import { createHttpClient } from '../ports/http-client.ts'
import { SandboxClocks } from './sandbox-clocks.ts'

const hour = 3_600_000

/** A clock as a sandbox has one, over HTTP. */
class Elsewhere {
  offsetMs = 0
  /** What it says to the next step: it goes, it goes and its answer is lost, or it stays. */
  next: 'well' | 'unheard' | 'refuses' = 'well'
  readonly #server: Server

  constructor() {
    this.#server = createServer((request, response) => {
      const parts: Buffer[] = []
      request.on('data', (part: Buffer) => parts.push(part))
      request.on('end', () => {
        const { advance } = JSON.parse(Buffer.concat(parts).toString()) as { advance: number }
        const how = advance === 0 ? 'well' : this.next
        if (advance !== 0) this.next = 'well'
        if (how !== 'refuses') this.offsetMs += advance
        if (how === 'unheard') request.socket.destroy()
        else response.writeHead(how === 'well' ? 200 : 500).end(JSON.stringify({ offsetMs: this.offsetMs }))
      })
    })
  }

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  close(): void {
    this.#server.closeAllConnections()
    this.#server.close()
  }
}

describeOnSqlite('the clocks of a sandbox', (openDatabase) => {
  let ground: Ground
  let bank: Elsewhere
  let operator: Elsewhere
  let clock: BusinessClock
  let clocks: SandboxClocks
  beforeEach(async () => {
    ground = await openGround(await openDatabase(), { migrations: storeMigrations })
    bank = new Elsewhere()
    operator = new Elsewhere()
    clock = new BusinessClock()
    const [ofBank, ofOperator] = await Promise.all([bank.open(), operator.open()])
    const sandbox = { http: createHttpClient(), publicUrl: '', bank: ofBank, operator: ofOperator }
    clocks = new SandboxClocks({ store: ground.store, clock, sandbox: () => sandbox })
  })
  afterEach(async () => {
    bank.close()
    operator.close()
    await ground.close()
  })

  const offsets = (): readonly number[] => [bank.offsetMs, operator.offsetMs, clock.offsetMs]

  it('go together, two steps at once as two', async () => {
    await Promise.all([clocks.advance(hour), clocks.advance(hour)])
    expect(offsets()).toEqual([2 * hour, 2 * hour, 2 * hour])
  })

  it.each(['bank', 'operator'] as const)('follow the %s whose answer was lost: the step is taken once', async (who) => {
    const lost = who === 'bank' ? bank : operator
    lost.next = 'unheard'
    await clocks.advance(hour)
    expect(offsets()).toEqual([hour, hour, hour])
    await clocks.advance(hour)
    expect(offsets()).toEqual([2 * hour, 2 * hour, 2 * hour])
  })

  it('stay where they are when the bank refuses, and say so', async () => {
    bank.next = 'refuses'
    await expect(clocks.advance(hour)).rejects.toMatchObject({ code: 'sandbox.refused' })
    expect(offsets()).toEqual([0, 0, 0])
  })

  it('are brought together after one has gone alone', async () => {
    bank.offsetMs = 3 * hour
    await clocks.align()
    expect(offsets()).toEqual([3 * hour, 3 * hour, 3 * hour])
  })
})
