import { describe, expect, it } from 'vitest'
import { FairQueue } from './fair-queue.ts'

const everybody = (): boolean => true
const takeAll = (queue: FairQueue<string>): string[] => {
  const taken: string[] = []
  for (let item = queue.take(everybody); item !== undefined; item = queue.take(everybody)) taken.push(item)
  return taken
}

describe('a fair queue', () => {
  it('lets the tenants take turns, however much one of them has', () => {
    const queue = new FairQueue<string>(10)
    for (const item of ['a1', 'a2', 'a3', 'b1', 'c1', 'c2']) queue.add(item[0] ?? '', item)
    expect(takeAll(queue)).toEqual(['a1', 'b1', 'c1', 'a2', 'c2', 'a3'])
  })

  it('passes over who may not go on, and comes back to them', () => {
    const queue = new FairQueue<string>(10)
    for (const item of ['a1', 'b1']) queue.add(item[0] ?? '', item)
    expect(queue.take((tenant) => tenant !== 'a')).toBe('b1')
    expect(queue.take((tenant) => tenant !== 'a')).toBeUndefined()
    expect(takeAll(queue)).toEqual(['a1'])
  })

  it('refuses what a tenant has too much of, and nobody else', () => {
    const queue = new FairQueue<string>(2)
    expect(['a1', 'a2', 'a3', 'b1'].map((item) => queue.add(item[0] ?? '', item))).toEqual([true, true, false, true])
    expect(queue.empty()).toHaveLength(3)
    expect(takeAll(queue)).toEqual([])
  })
})
