import { setImmediate as breathe } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { Batcher, type BatcherOptions } from './batcher.ts'

/** Batches as they were run; each waits to be let go. */
interface Watched {
  readonly batcher: Batcher<number, string>
  readonly batches: number[][]
  letGo(): Promise<void>
}

function watch(
  options: Partial<BatcherOptions<number, string>> = {},
  spoil = (_item: number): boolean => false,
): Watched {
  const batches: number[][] = []
  const gates: (() => void)[] = []
  const run = async (items: readonly number[]): Promise<string[]> => {
    batches.push([...items])
    await new Promise<void>((resolve) => gates.push(resolve))
    const spoilt = items.find(spoil)
    if (spoilt !== undefined) throw new Error(`spoilt by ${spoilt}`)
    return items.map((item) => `done ${item}`)
  }
  const letGo = async (): Promise<void> => {
    for (let quiet = 0; quiet < 5; quiet += 1) {
      if (gates.length > 0) quiet = 0
      for (const open of gates.splice(0)) open()
      await breathe()
    }
  }
  return { batcher: new Batcher({ limit: 4, capacity: 100, lanes: 1, run, breathe, ...options }), batches, letGo }
}

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index)

describe('a batcher', () => {
  it('takes together what comes together, up to its limit, in the order it came', async () => {
    const { batcher, batches, letGo } = watch()
    const results = Promise.all(range(10).map((item) => batcher.submit(item)))
    await letGo()
    expect(await results).toEqual(range(10).map((item) => `done ${item}`))
    expect(batches).toEqual([
      [0, 1, 2, 3],
      [4, 5, 6, 7],
      [8, 9],
    ])
  })

  it('runs one alone when nothing else is there', async () => {
    const { batcher, batches, letGo } = watch()
    for (const item of range(3)) {
      const result = batcher.submit(item)
      await letGo()
      expect(await result).toBe(`done ${item}`)
    }
    expect(batches).toEqual([[0], [1], [2]])
  })

  it('gathers what arrives while a batch is under way', async () => {
    const { batcher, batches, letGo } = watch()
    const first = batcher.submit(0)
    await breathe()
    await breathe()
    const others = [1, 2, 3].map((item) => batcher.submit(item))
    expect(batches).toEqual([[0]])
    await letGo()
    await Promise.all([first, ...others])
    expect(batches).toEqual([[0], [1, 2, 3]])
  })

  it('halves a batch that fails until the spoilt one stands alone, and does the others', async () => {
    const { batcher, batches, letGo } = watch({ limit: 8 }, (item) => item === 5)
    const results = Promise.allSettled(range(8).map((item) => batcher.submit(item)))
    await letGo()
    const settled = (await results).map((result) =>
      result.status === 'fulfilled' ? result.value : String(result.reason),
    )
    expect(settled).toEqual(range(8).map((item) => (item === 5 ? 'Error: spoilt by 5' : `done ${item}`)))
    expect(batches).toEqual([range(8), [0, 1, 2, 3], [4, 5, 6, 7], [4, 5], [4], [5], [6, 7]])
  })

  it('goes on after a failure', async () => {
    const { batcher, letGo } = watch({}, (item) => item === 1)
    const bad = batcher.submit(1).catch((error: unknown) => String(error))
    await letGo()
    expect(await bad).toBe('Error: spoilt by 1')
    const good = batcher.submit(2)
    await letGo()
    expect(await good).toBe('done 2')
  })

  it('refuses more than may wait, and takes more when there is room again', async () => {
    const { batcher, letGo } = watch({ capacity: 5, limit: 5 })
    const taken = range(5).map((item) => batcher.submit(item))
    await expect(batcher.submit(6)).rejects.toMatchObject({ code: 'inbox.full', retryable: true })
    await letGo()
    await Promise.all(taken)
    const later = batcher.submit(7)
    await letGo()
    expect(await later).toBe('done 7')
  })

  it('has as many batches under way as it has lanes', async () => {
    const { batcher, batches, letGo } = watch({ lanes: 2 })
    const results = range(12).map((item) => batcher.submit(item))
    for (const _ of range(5)) await breathe()
    expect(batches).toHaveLength(2)
    await letGo()
    await Promise.all(results)
    expect(batches.flat().toSorted((left, right) => left - right)).toEqual(range(12))
  })
})
