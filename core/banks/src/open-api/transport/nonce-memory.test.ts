import { describe, expect, it } from 'vitest'
import { openNonceMemory } from './nonce-memory.ts'

const second = 1_000_000

describe('the memory of nonces', () => {
  it('knows a nonce again for as long as its answer would count as fresh', () => {
    const memory = openNonceMemory()
    expect(memory.remember('a', 0)).toBe(true)
    expect(memory.remember('a', 0)).toBe(false)
    expect(memory.remember('a', 121 * second)).toBe(false)
    expect(memory.remember('a', 122 * second)).toBe(true)
  })

  it('does not grow without end: the oldest go first', () => {
    const memory = openNonceMemory()
    for (let index = 0; index <= 20_000; index += 1) memory.remember(`n${index}`, 0)
    expect(memory.remember('n20000', 0)).toBe(false)
    expect(memory.remember('n0', 0)).toBe(true)
  })
})
