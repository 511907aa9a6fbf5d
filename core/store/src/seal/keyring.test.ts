import { describe, expect, it } from 'vitest'
import { isFault } from '@inthread/sdk/fault'
import { Keyring, type KeyFile } from './keyring.ts'

const key = (fill: number): Uint8Array => Buffer.alloc(32, fill)
const first: KeyFile = { current: 'k1', index: 'k1', keys: { k1: key(1) } }
const ring = new Keyring(first)

function refusalOf(file: KeyFile): unknown {
  try {
    return new Keyring(file).current
  } catch (error) {
    return isFault(error) ? error.code : error
  }
}

describe('a keyring', () => {
  it('opens with keys of 32 bytes, the current one and that of the indexes among them', () => {
    expect(refusalOf(first)).toBe('k1')
    expect(refusalOf({ ...first, current: 'k2' })).toBe('seal.key_missing')
    expect(refusalOf({ ...first, index: 'k2' })).toBe('seal.key_missing')
    expect(refusalOf({ ...first, keys: {} })).toBe('seal.key_missing')
    expect(refusalOf({ ...first, keys: { k1: Buffer.alloc(31) } })).toBe('seal.key_malformed')
    expect(refusalOf({ ...first, keys: { k1: key(1), 'K.2': key(2) } })).toBe('seal.key_malformed')
  })

  it('derives a key for each tenant and purpose, the same in every process', () => {
    const keys = [ring.derive('k1', 'a', 'seal'), ring.derive('k1', 'b', 'seal'), ring.derive('k1', 'a', 'token')]
    const other = new Keyring({ ...first, keys: { k1: key(2) } }).derive('k1', 'a', 'seal')
    expect(new Set([...keys, other].map((derived) => derived.export().toString('hex'))).size).toBe(4)
    expect(new Keyring(first).derive('k1', 'a', 'seal').export()).toEqual(keys[0]?.export())
  })

  it('says which key it does not have', () => {
    expect(() => ring.derive('k9', 'a', 'seal')).toThrow(
      expect.objectContaining({ code: 'seal.key_missing', data: { key: 'k9' } }),
    )
  })
})

describe('a blind index', () => {
  const phone = '+8613800000001'
  const index = ring.blindIndex('rail', 'phone', phone)

  it('finds a value again within its tenant and purpose, and nowhere else', () => {
    expect(ring.blindIndex('rail', 'phone', phone)).toBe(index)
    const others = [
      ring.blindIndex('school', 'phone', phone),
      ring.blindIndex('rail', 'name', phone),
      ring.blindIndex('rail', 'phone', '+8613800000002'),
      new Keyring({ ...first, keys: { k1: key(3) } }).blindIndex('rail', 'phone', phone),
    ]
    expect(new Set([index, ...others]).size).toBe(5)
    expect(index).not.toContain('138')
  })

  it.each(['k2', 'k10', 'a1', '7'])('is still found after the sealing key became %s', (id) => {
    const changed = new Keyring({ current: id, index: 'k1', keys: { [id]: key(2), k1: key(1) } })
    expect(changed.blindIndex('rail', 'phone', phone)).toBe(index)
  })
})
