import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { findFreePorts, releasePorts } from '../kit/ports.ts'
import { buyTicket } from '../kit/purchase.ts'
import { describeOnDrawnDatabase } from '../kit/requirements.ts'
import { openSandbox, type Sandbox } from '../kit/sandbox.ts'

const dashboard = fileURLToPath(new URL('../../scripts/grafana/inthread.json', import.meta.url))

describeOnDrawnDatabase('the platform’s metrics', (open) => {
  let sandbox: Sandbox
  let internal: string
  let ports: readonly number[]
  beforeAll(async () => {
    ports = await findFreePorts(1)
    internal = `http://127.0.0.1:${ports[0]}`
    sandbox = await openSandbox({ database: await open(), environment: { INTHREAD_INTERNAL_PORT: String(ports[0]) } })
  })
  afterAll(async () => {
    await sandbox.stop()
    releasePorts([...ports])
  })

  const scrape = async (): Promise<string> => {
    const answer = await fetch(`${internal}/metrics`)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, expect.stringMatching('^text/plain')])
    return answer.text()
  }
  const valueOf = (text: string, series: string): number =>
    Number(
      text
        .split('\n')
        .find((line) => line.startsWith(`${series} `))
        ?.split(' ')[1] ?? Number.NaN,
    )

  it('count a purchase from the door to the receipt, and name nobody', async () => {
    await buyTicket(sandbox.phone('+8613800000001'))
    const text = await scrape()
    const door = 'inthread_http_request_seconds_count{route="/in/:binding/*",status="200"}'
    expect(valueOf(text, door)).toBeGreaterThan(3)
    const submits = text.match(/^inthread_bank_call_seconds_count\{call="submit",outcome="(done|pending)"\} 1$/gm)
    expect(submits ?? text.match(/^inthread_bank_call_seconds_count.*$/gm)).toHaveLength(1)
    expect(valueOf(text, 'inthread_message_send_seconds_count{outcome="sent"}')).toBeGreaterThan(3)
    expect(valueOf(text, 'inthread_transactions_total{label="turn.commit",end="commit"}')).toBeGreaterThan(3)
    expect(valueOf(text, 'inthread_events_total{event="order.judged",code=""}')).toBeGreaterThan(0)
    expect(text).toContain('nodejs_eventloop_lag_p99_seconds')
    for (const secret of ['13800000001', 'northern-rail']) expect(text).not.toContain(secret)
  })

  it('tell what waits', async () => {
    const idle = async (): Promise<void> => {
      const text = await scrape()
      const kinds = [
        'inbox',
        'outbox',
        'effects',
        'orders_processing',
        'orders_conflicted',
        'refunds_processing',
        'breaks',
      ]
      const waiting = [...kinds, 'audit_tail'].map((what) => valueOf(text, `inthread_backlog{what="${what}"}`))
      expect(waiting).toEqual([0, 0, 0, 0, 0, 0, 0, 0])
      expect(valueOf(text, 'inthread_backlog_oldest_seconds{what="inbox"}')).toBe(0)
    }
    await vi.waitFor(idle, 10_000)
  })

  it('are all that the dashboard asks for', async () => {
    const text = await scrape()
    const asked = readFileSync(dashboard, 'utf8').match(/\b(inthread|nodejs)_\w+/g) ?? []
    expect(asked.length).toBeGreaterThan(8)
    for (const name of asked) expect(text).toContain(`# TYPE ${name.replace(/_(bucket|count)$/, '')} `)
  })

  it('are nowhere else, and nothing else is there', async () => {
    expect((await fetch(`${sandbox.house.url}/metrics`)).status).toBe(404)
    expect((await fetch(`${internal}/trpc/health.get`)).status).toBe(404)
    expect(await (await fetch(`${internal}/healthz`)).json()).toEqual({ ok: true })
    expect(await (await fetch(`${internal}/readyz`)).json()).toEqual({ ok: true, missing: [] })
  })
})
