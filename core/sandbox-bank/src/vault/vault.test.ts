import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { findCursorPlace, renderCursor } from './cursor.ts'
import { buildKeyRing } from './key-ring.ts'
import { Vault } from './vault.ts'

const vault = new Vault(buildKeyRing(Buffer.alloc(32, 1)), randomBytes)
const stranger = new Vault(buildKeyRing(Buffer.alloc(32, 2)), randomBytes)
const cell = { table: 'links', column: 'phone_sealed', row: 'lnk_1' }

describe('a sealed value', () => {
  test('comes back whole, and looks different each time', () => {
    const sealed = vault.seal(cell, '林晓雨')
    expect(vault.open(cell, sealed)).toBe('林晓雨')
    expect(vault.seal(cell, '林晓雨')).not.toBe(sealed)
  })

  test.each([
    ['another table', { ...cell, table: 'customers' }],
    ['another column', { ...cell, column: 'name_sealed' }],
    ['another row', { ...cell, row: 'lnk_2' }],
  ])('cannot be opened in %s', (_what, other) => {
    expect(() => vault.open(other, vault.seal(cell, 'x'))).toThrow()
  })

  test('cannot be opened with another key', () => {
    expect(() => stranger.open(cell, vault.seal(cell, 'x'))).toThrow()
  })

  test('cannot be opened with any bit changed', () => {
    const bytes = Buffer.from(vault.seal(cell, 'secret').slice(3), 'base64url')
    for (let index = 0; index < bytes.length; index += 1) {
      const changed = Buffer.from(bytes)
      changed[index] = (changed[index] ?? 0) ^ 1
      expect(() => vault.open(cell, `v1.${changed.toString('base64url')}`)).toThrow()
    }
  })

  test('cannot be opened with a tag of fifteen bytes or less', () => {
    const bytes = Buffer.from(vault.seal(cell, 'secret').slice(3), 'base64url')
    for (let cut = 1; cut <= 16; cut += 1) {
      expect(() => vault.open(cell, `v1.${bytes.subarray(0, -cut).toString('base64url')}`)).toThrow()
    }
  })

  test('of another version is not guessed at', () => {
    expect(() => vault.open(cell, vault.seal(cell, 'x').replace('v1', 'v2'))).toThrow(/damaged/)
  })
})

test('codes have six digits, belong to one confirmation, and are spread', () => {
  const codes = Array.from({ length: 2_000 }, (_, index) => vault.codeOf(`cnf_${index}`))
  expect(codes.every((code) => /^[0-9]{6}$/.test(code))).toBe(true)
  expect(new Set(codes).size).toBeGreaterThan(1_950)
  expect(new Set(codes.map((code) => code[0])).size).toBe(10)
  expect([
    vault.isCodeOf('cnf_0', codes[0] ?? ''),
    vault.isCodeOf('cnf_1', codes[0] ?? ''),
    vault.isCodeOf('cnf_0', ''),
  ]).toEqual([true, false, false])
  expect(stranger.codeOf('cnf_0')).not.toBe(codes[0])
})

test('ids name one thing each, also where names run together', () => {
  expect(vault.idOf('pay', 'a', 'b')).toMatch(/^pay_[0-9a-z]{26}$/)
  expect(vault.idOf('pay', 'a', 'b')).toBe(vault.idOf('pay', 'a', 'b'))
  const ids = [
    vault.idOf('pay', 'a', 'b'),
    vault.idOf('pay', 'ab'),
    vault.idOf('pay', 'ab', ''),
    vault.idOf('cnf', 'a', 'b'),
    stranger.idOf('pay', 'a', 'b'),
  ]
  expect(new Set(ids.map((id) => id.slice(4))).size).toBe(5)
})

test('an authorisation is bound to confirmation and digest', () => {
  const tokens = [
    vault.authorisationOf('cnf_1', 'd1'),
    vault.authorisationOf('cnf_2', 'd1'),
    vault.authorisationOf('cnf_1', 'd2'),
  ]
  expect(new Set(tokens).size).toBe(3)
})

test('a cursor is good for its client and its list', () => {
  const scope = { clientId: 'a', list: 'events' }
  const cursor = renderCursor(vault, scope, [7, 'x'])
  expect(findCursorPlace(vault, scope, cursor)).toEqual([7, 'x'])
  expect(findCursorPlace(vault, { ...scope, clientId: 'b' }, cursor)).toBeUndefined()
  expect(findCursorPlace(vault, { ...scope, list: 'payments' }, cursor)).toBeUndefined()
  expect(findCursorPlace(stranger, scope, cursor)).toBeUndefined()
  expect(findCursorPlace(vault, scope, `${cursor}.x`)).toBeUndefined()
})
