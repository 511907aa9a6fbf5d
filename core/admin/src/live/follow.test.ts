import { beforeEach, describe, expect, it } from 'vitest'
import type { KeyHolder } from '../keys/key-holder.ts'
import { atMostMs, checkMs, follow, type News } from './follow.ts'
import { LiveStreams, streamsOfOne } from './live-streams.ts'

const holder: KeyHolder = { actor: { kind: 'key', id: 'k' }, name: 'k', role: 'operator', madeAt: 0 }

describe('a stream', () => {
  let nowMs = 0
  let checks = 0
  let live: LiveStreams
  let allowed: Promise<void>
  beforeEach(() => {
    nowMs = 0
    checks = 0
    allowed = Promise.resolve()
    live = new LiveStreams({
      elapsedMs: () => nowMs,
      pauseUntil: async (durationMs) => {
        nowMs += durationMs
      },
    })
  })

  const start = (read: () => Promise<readonly News<number>[]>, signal?: AbortSignal) => {
    const assertStill = (): Promise<void> => {
      checks += 1
      return allowed
    }
    return follow({ ctx: { holder, ports: { live }, assertStill }, signal }, read)
  }
  const nothing = (): Promise<readonly News<number>[]> => Promise.resolve([])
  const brokenOff = { name: 'AbortError' }

  it('is broken off after ten minutes, and looks every 15 seconds whether its listener still may', async () => {
    await expect(start(nothing).next()).rejects.toMatchObject(brokenOff)
    expect(nowMs).toBe(atMostMs)
    expect(checks).toBe(atMostMs / checkMs - 1)
    expect(live.count).toBe(0)
  })

  it('ends with what its listener hears when they may no longer', async () => {
    allowed = Promise.reject(new Error('revoked'))
    allowed.catch(() => undefined)
    await expect(start(nothing).next()).rejects.toThrow('revoked')
    expect([nowMs, live.count]).toEqual([checkMs, 0])
  })

  it('asks once a second, and tells what there is in its order', async () => {
    const told: unknown[] = []
    const read = (): Promise<readonly News<number>[]> =>
      Promise.resolve(nowMs === 0 || nowMs === 3000 ? [1, 2].map((data) => ({ id: `${nowMs}/${data}`, data })) : [])
    for await (const [id] of start(read)) {
      told.push(id)
      if (told.length === 4) break
    }
    expect(told).toEqual(['0/1', '0/2', '3000/1', '3000/2'])
    expect(live.count).toBe(0)
  })

  it('ends with its client, in the middle of what was to be told', async () => {
    const client = new AbortController()
    const stream = start(() => Promise.resolve([1, 2, 3].map((data) => ({ id: String(data), data }))), client.signal)
    expect((await stream.next()).done).toBe(false)
    expect(live.count).toBe(1)
    client.abort()
    await expect(stream.next()).rejects.toMatchObject(brokenOff)
    expect(live.count).toBe(0)
  })

  it('ends when the process stops, and is not begun after that', async () => {
    const stream = start(() => Promise.resolve([{ id: '1', data: 1 }]))
    await stream.next()
    const drained = live.drain()
    await expect(stream.next()).rejects.toMatchObject(brokenOff)
    await drained
    expect(live.count).toBe(0)
    await expect(start(() => Promise.reject(new Error('asked'))).next()).rejects.toMatchObject(brokenOff)
  })

  it('ends when it cannot be read, and counts no longer', async () => {
    await expect(start(() => Promise.reject(new Error('away'))).next()).rejects.toThrow('away')
    expect(live.count).toBe(0)
  })

  it('counts for its holder alone, and once it is closed not at all', () => {
    const open = Array.from({ length: streamsOfOne }, () => live.open(holder, undefined))
    expect(() => live.open(holder, undefined)).toThrow('20 streams of yours')
    live.open({ ...holder, actor: { kind: 'person', id: 'k' } }, undefined).close()
    open[0]?.close()
    live.open(holder, undefined)
    expect(live.count).toBe(streamsOfOne)
  })
})
