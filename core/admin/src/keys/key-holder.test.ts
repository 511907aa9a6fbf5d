import { afterAll, beforeAll, expect, it } from 'vitest'
import { sql, sqlOf } from '@inthread/store/sql'
import { describeOnEachDatabase } from '../../../../test/kit/requirements.ts'
import { Office } from '../../test/office.ts'
import { findKeyHolder, saveAdminKey } from './admin-key.store.ts'

describeOnEachDatabase('keys', (open) => {
  let office: Office
  beforeAll(async () => {
    office = await Office.open(open, { sandbox: true })
    await saveAdminKey(office.ports.store, { id: 'home-1', key: 'itk_home', now: 5 })
  })
  afterAll(() => office.ground.close())

  const find = (key: string) => findKeyHolder(office.ports.store, key, office.ports.clock.now())

  it('of a data folder is the platform’s, as it was before keys had names', async () => {
    expect(await find('itk_home')).toEqual({
      actor: { kind: 'key', id: 'home-1' },
      name: 'home-1',
      role: 'platform',
      madeAt: 5,
    })
    expect(await find('itk_other')).toBeUndefined()
  })

  it('is told once and kept nowhere, lets in, and lets in no more once it is revoked', async () => {
    const { keys } = office.api(await find('itk_home'))
    const { id, key } = await keys.create({ name: 'reviewer', role: 'bank' })
    expect(await find(key)).toMatchObject({ actor: { kind: 'key', id }, name: 'reviewer', role: 'bank' })
    const { rows } = await office.ports.store.read('raw', (reader) =>
      sql`select * from admin_key, key_holder`.execute(sqlOf(reader)),
    )
    expect(JSON.stringify([rows, await keys.list()])).not.toContain(key)
    expect(await keys.revoke({ name: 'reviewer' })).toMatchObject({ revokedAt: expect.any(Number) })
    expect(await find(key)).toBeUndefined()
    expect(await keys.list()).toMatchObject([
      { name: 'home-1', role: 'platform', madeBy: null, revokedAt: null },
      { name: 'reviewer', role: 'bank', madeBy: 'home-1' },
    ])
  })

  it('has a name of its own and a role that there is', async () => {
    const { keys } = office.api(await find('itk_home'))
    await keys.create({ name: 'twice', role: 'tenant:school' })
    await expect(keys.create({ name: 'twice', role: 'bank' })).rejects.toMatchObject({ code: 'CONFLICT' })
    for (const [name, role] of [
      ['a b', 'bank'],
      ['x', 'root'],
      ['x', 'tenant:'],
    ] as const)
      await expect(keys.create({ name, role })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  })

  it('does what its scopes name and no more, until its days are over, and shows when it was used', async () => {
    const { keys } = office.api(await find('itk_home'))
    const bounds = { role: 'auditor', scopes: ['key.read', 'health.read'], days: 2 }
    const { key } = await keys.create({ name: 'narrow', ...bounds })
    const used = async () => (await keys.list()).find(({ name }) => name === 'narrow')?.usedAt
    expect(await used()).toBeNull()
    const narrow = office.api(await find(key))
    expect(await used()).toBe(office.ports.clock.now())
    expect(await narrow.health.get()).toMatchObject({ ok: true })
    await expect(narrow.plugins.catalogue({})).rejects.toMatchObject({ code: 'FORBIDDEN' })
    const tooWide = keys.create({ name: 'wide', role: 'auditor', scopes: ['key.write'] })
    await expect(tooWide).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    office.ground.clock.advance(2 * 86_400_000)
    expect(await find(key)).toBeUndefined()
  })

  it('makes no key that may more than it does itself', async () => {
    const { keys } = office.api(await find('itk_home'))
    const { key } = await keys.create({ name: 'porter', role: 'operator', scopes: ['key.read', 'key.write'] })
    const porter = office.api(await find(key)).keys
    await expect(porter.create({ name: 'all', role: 'operator' })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect(await porter.create({ name: 'same', role: 'operator', scopes: ['key.read'] })).toMatchObject({
      name: 'same',
    })
  })

  it('is made and revoked by the platform alone, and never revokes itself', async () => {
    const home = office.api(await find('itk_home')).keys
    await expect(home.revoke({ name: 'home-1' })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    await expect(home.revoke({ name: 'nobody' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const bank = office.api(await find((await home.create({ name: 'b', role: 'bank' })).key)).keys
    await expect(bank.create({ name: 'c', role: 'platform' })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(bank.revoke({ name: 'home-1' })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(office.api(undefined).keys.list()).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
    const { key } = await home.create({ name: 'second', role: 'platform' })
    expect(await office.api(await find(key)).keys.revoke({ name: 'home-1' })).toMatchObject({ name: 'home-1' })
    expect(await find('itk_home')).toBeUndefined()
    await saveAdminKey(office.ports.store, { id: 'home-1', key: 'itk_home', now: 6 })
    expect(await find('itk_home')).toBeUndefined()
  })
})
