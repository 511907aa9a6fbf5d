import { describe, expect, it } from 'vitest'
import { isFault } from '@inthread/sdk/fault'
import { Keyring } from './keyring.ts'
import { Sealer, type SealPlace } from './sealer.ts'

const key = (fill: number): Uint8Array => Buffer.alloc(32, fill)
const sealer = new Sealer(new Keyring({ current: 'k1', index: 'k1', keys: { k1: key(1) } }))
const place: SealPlace = { tenant: 'rail', table: 'binding', column: 'number', row: 'r1' }
const plain = '+8613800000001 价 😀'
const sealed = sealer.seal(place, plain)
const bytesOf = (value: string): Buffer => Buffer.from(value.split('.')[2] ?? '', 'base64url')
const withBytes = (bytes: Uint8Array): string => `s1.k1.${Buffer.from(bytes).toString('base64url')}`

function openingOf(work: () => string): string {
  try {
    return work()
  } catch (error) {
    return isFault(error) ? error.code : `thrown: ${String(error)}`
  }
}

describe('a sealed value', () => {
  it('opens where it was sealed, and says nothing of what is in it', () => {
    expect(sealer.open(place, sealed)).toBe(plain)
    expect(sealed).toMatch(/^s1\.k1\.[A-Za-z0-9_-]+$/)
    expect(sealed).not.toContain(Buffer.from(plain).toString('base64url').slice(0, 12))
    expect(sealer.open(place, sealer.seal(place, ''))).toBe('')
  })

  it('is another one each time', () => {
    expect(new Set(Array.from({ length: 500 }, () => sealer.seal(place, plain))).size).toBe(500)
  })

  it.each(['tenant', 'table', 'column', 'row'] as const)('does not open in another %s', (part) => {
    expect(openingOf(() => sealer.open({ ...place, [part]: 'other' }, sealed))).toBe('seal.broken')
  })

  it('does not open in a place whose parts only read the same together', () => {
    const near = { ...place, table: 'binding\u0000number', column: 'r1', row: '' }
    expect(openingOf(() => sealer.open(near, sealed))).toBe('seal.broken')
    const first = sealer.seal({ ...place, row: 'r1' }, 'one')
    const second = sealer.seal({ ...place, row: 'r2' }, 'two')
    expect(openingOf(() => sealer.open({ ...place, row: 'r1' }, second))).toBe('seal.broken')
    expect(openingOf(() => sealer.open({ ...place, row: 'r2' }, first))).toBe('seal.broken')
  })

  it('does not open with a tag of 0 to 15 bytes', () => {
    const bytes = bytesOf(sealed)
    const shortened = Array.from({ length: 16 }, (_, kept) => withBytes(bytes.subarray(0, bytes.length - 16 + kept)))
    expect(shortened.map((value) => openingOf(() => sealer.open(place, value)))).toEqual(Array(16).fill('seal.broken'))
  })

  it('does not open with any of its bits turned', () => {
    const bytes = bytesOf(sealed)
    const flipped = Array.from({ length: bytes.length * 8 }, (_, bit) => {
      const copy = Buffer.from(bytes)
      copy.writeUInt8(copy.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
      return withBytes(copy)
    })
    expect(flipped.filter((value) => openingOf(() => sealer.open(place, value)) !== 'seal.broken')).toEqual([])
  })

  it.each(['', 's1', 's1.k1.', 's2.k1.AAAA', 's1.k1.AAAA', 's1.K1.AAAA', 's1.k1.A A', plain])(
    'is not %j, which nobody sealed',
    (value) => {
      expect(openingOf(() => sealer.open(place, value))).toBe('seal.broken')
    },
  )
})

describe('a change of keys', () => {
  const changed = new Sealer(new Keyring({ current: 'k2', index: 'k1', keys: { k1: key(1), k2: key(2) } }))

  it('leaves old values readable and seals new ones with the new key', () => {
    expect(changed.open(place, sealed)).toBe(plain)
    expect(changed.seal(place, plain)).toMatch(/^s1\.k2\./)
  })

  it('that lost a key says which one is missing', () => {
    const value = changed.seal(place, plain)
    expect(openingOf(() => sealer.open(place, value))).toBe('seal.key_missing')
    expect(openingOf(() => sealer.open(place, sealed.replace('s1.k1.', 's1.k2.')))).toBe('seal.key_missing')
  })
})

describe('a value with a key of its own', () => {
  const { body, key: own } = sealer.sealWithOwnKey(place, plain)

  it('opens with both', () => {
    expect(sealer.openWithOwnKey(place, body, own)).toBe(plain)
    expect(body).toMatch(/^s1\.row\./)
  })

  it('is gone when its key is', () => {
    const another = sealer.sealWithOwnKey(place, plain)
    expect(openingOf(() => sealer.openWithOwnKey(place, body, another.key))).toBe('seal.broken')
    expect(openingOf(() => sealer.open(place, body))).toBe('seal.key_missing')
    expect(openingOf(() => sealer.openWithOwnKey(place, body, ''))).toBe('seal.broken')
  })

  it('does not open elsewhere', () => {
    const other = { ...place, row: 'r2' }
    expect(openingOf(() => sealer.openWithOwnKey(other, body, own))).toBe('seal.broken')
    expect(openingOf(() => sealer.open(place, own))).toBe('seal.broken')
  })
})
