import { describe, expect, it } from 'vitest'
import { buildInteractionId } from './interaction-id.ts'

describe('an interaction id', () => {
  it('is a UUIDv7 of the moment', () => {
    const id = buildInteractionId(1_772_703_000_123_456, 'nonce-1')
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(1_772_703_000_123)
  })

  it('is another one for every nonce, and the same for the same', () => {
    const ids = Array.from({ length: 1000 }, (_each, index) => buildInteractionId(1, `n${index}`))
    expect(new Set(ids).size).toBe(1000)
    expect(buildInteractionId(1, 'n7')).toBe(ids[7])
  })
})
