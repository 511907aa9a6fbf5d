import { describe, expect, it } from 'vitest'
import { createIdSource } from '@inthread/store'
import { followId } from './deferred.store.ts'

const ids = createIdSource({ nowMs: () => 1_700_000_000_000, randomBytes: (count) => Buffer.alloc(count, 0xff) })

describe('followId', () => {
  it('comes before whatever else waits, also of the same millisecond, and counts along a chain', () => {
    const [before, first, second] = [
      createIdSource({ nowMs: () => 1_699_999_999_999, randomBytes: Buffer.alloc }).next(),
      ids.next(),
      ids.next(),
    ]
    const chain = [followId(first), followId(followId(first)), followId(followId(followId(first)))]
    expect([before, ...chain, second].toSorted()).toEqual([before, ...chain, second])
  })

  it('is another one for another item', () => {
    const [first, second] = [ids.next(), ids.next().replace(/f$/, 'e')]
    expect(followId(first)).not.toBe(followId(second))
    expect(followId(first)).toBe(followId(first))
  })
})
