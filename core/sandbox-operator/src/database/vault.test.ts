import { mkdtempSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openVault } from './vault.ts'

const place = { table: 'message', column: 'sealed_body', row: 7 }

describe('vault', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vault-'))
  const vault = openVault(folder)

  test('opens what it sealed, also after the key was read again', () => {
    const sealed = vault.seal(place, '学费 480.00')
    expect(vault.open(place, sealed)).toBe('学费 480.00')
    expect(openVault(folder).open(place, sealed)).toBe('学费 480.00')
    expect(vault.seal(place, '学费 480.00')).not.toBe(sealed)
  })

  test('refuses a value moved to another row, or changed', () => {
    const sealed = vault.seal(place, 'secret')
    expect(() => vault.open({ ...place, row: 8 }, sealed)).toThrow()
    const bytes = Buffer.from(sealed, 'base64')
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
    expect(() => vault.open(place, bytes.toString('base64'))).toThrow()
  })

  test('keeps the key file private and the index stable', () => {
    expect(statSync(join(folder, 'key')).mode & 0o777).toBe(0o600)
    expect(vault.index('+8613800000001')).toBe(openVault(folder).index('+8613800000001'))
    expect(vault.index('+8613800000001')).not.toBe(vault.index('+8613800000002'))
  })
})
