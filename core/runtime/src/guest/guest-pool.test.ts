import { fileURLToPath } from 'node:url'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { encodeJson } from '@inthread/sdk/json'
import { faultCodeOf } from '@inthread/sdk/fault'
import { createTimers } from '../ports/timers.ts'
import { bundleCode } from './bundle-code.ts'
import { GuestPool, type GuestJob } from './guest-pool.ts'

const bundle = `export default { flows: {}, intents: { only: { understand: (words) => {
  if (words === 'slow') for (;;) {}
  if (words === 'stubborn') { const s = 'a'.repeat(5e6); for (let at = 0; at < 1e6; at += 1) s.indexOf('b') }
  return words
} } } }`
const limits = { stepMs: 200, heapBytes: 32 * 1024 * 1024 }
let prelude = ''
let pool: GuestPool

beforeAll(async () => {
  prelude = await bundleCode(fileURLToPath(new URL('./inside/entry.ts', import.meta.url)))
})
afterEach(() => pool.close())

function openPool(size = 2): void {
  pool = new GuestPool({ timers: createTimers(() => undefined), prelude: () => Promise.resolve(prelude), size })
}

function ask(tenant: string, words: string, digest = 'one'): Promise<string> {
  const text = encodeJson({ kind: 'understand', words, config: {}, locale: 'en', timeZone: 'UTC', now: 1 })
  const job: GuestJob = { tenant, digest, bundle, text, limits }
  return pool.run(job).catch(faultCodeOf)
}

describe('the workers of guests', () => {
  it('serve other tenants while one tenant uses up its time, again and again', async () => {
    openPool()
    await Promise.all([ask('slow one', 'hello'), ask('quick one', 'hello')])
    const order: string[] = []
    const note = (name: string) => () => void order.push(name)
    const slow = Array.from({ length: 4 }, () => ask('slow one', 'slow').then(note('slow')))
    const quick = Array.from({ length: 20 }, () => ask('quick one', 'hello').then(note('quick')))
    const before = performance.now()
    await Promise.all(quick)
    const quickMs = performance.now() - before
    await Promise.all(slow)
    const slowMs = performance.now() - before
    expect(order.filter((name) => name === 'slow')).toHaveLength(4)
    // Twenty calls of the one are through before four of the other are.
    expect(order.indexOf('slow', order.indexOf('slow') + 1)).toBeGreaterThan(15)
    expect(quickMs).toBeLessThan(slowMs / 2)
  }, 30_000)

  it('are replaced when an engine does not stop by itself, and nobody else notices', async () => {
    openPool()
    await Promise.all([ask('a', 'hello'), ask('b', 'hello')])
    const stubborn = ask('a', 'stubborn')
    const others: string[] = []
    for (let call = 0; call < 10; call += 1) others.push(await ask('b', `call ${call}`))
    expect(others.every((text, call) => text.includes(`call ${call}`))).toBe(true)
    expect(await stubborn).toBe('guest.timed_out')
    expect(await ask('a', 'hello')).toContain('hello')
  }, 30_000)

  it('refuse what a tenant has too much of, and everything once they are closed', async () => {
    openPool()
    const flood = Array.from({ length: 520 }, () => ask('flood', 'hello'))
    const calm = ask('calm', 'hello')
    expect((await Promise.all(flood)).filter((text) => text === 'guest.crowded').length).toBeGreaterThan(0)
    expect(await calm).toContain('hello')
    await pool.close()
    expect(await ask('late', 'hello')).toBe('guest.crowded')
  }, 30_000)
})
