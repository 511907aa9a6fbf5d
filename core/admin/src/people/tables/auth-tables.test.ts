import { getAuthTables } from 'better-auth/db'
import { getMigrations } from 'better-auth/db/migration'
import { expect, it } from 'vitest'
import { storeMigrations } from '@inthread/store'
import { openLibraryQueries, sqlOf } from '@inthread/store/sql'
import { openGround } from '../../../../../test/kit/ground.ts'
import { describeOnEachDatabase } from '../../../../../test/kit/requirements.ts'
import { authTables, moments, peopleMigrations } from './auth-tables.ts'
import { buildOptions } from '../build-auth.ts'
import { createPeopleVault } from './vault.ts'

describeOnEachDatabase('the tables of people', (open) => {
  it('are what the library says it needs, no more and no less', async () => {
    const ground = await openGround(await open(), { migrations: [...storeMigrations, ...peopleMigrations] })
    const vault = createPeopleVault(ground)
    const options = buildOptions({
      ...{ ...ground, secret: 's'.repeat(43), publicUrl: 'https://chat.example.com' },
      nowMs: () => 0,
      // Compares columns, and names those that nothing else may.
      vault: { ...vault, columns: { ...vault.columns, table: 'none' } },
    })
    const { toBeCreated, toBeAdded, schemaProblems, unsafeChanges } = await getMigrations(options)
    expect({ toBeCreated, toBeAdded, schemaProblems, unsafeChanges }).toEqual({
      toBeCreated: [],
      toBeAdded: [],
      schemaProblems: [],
      unsafeChanges: [],
    })
    const wanted = Object.values(getAuthTables(options)).map(
      ({ modelName, fields }) =>
        [
          modelName,
          ['id', ...Object.entries(fields).map(([name, { fieldName }]) => fieldName ?? name)].sort(),
        ] as const,
    )
    const declared = peopleMigrations
      .flatMap(({ tables }) => tables)
      .filter(({ name }) => name !== 'auth_attempt')
      .map(({ name, columns }) => [name, Object.keys(columns).sort()] as const)
    expect(Object.fromEntries(declared)).toEqual(Object.fromEntries(wanted))
    expect(declared.map(([name]) => name).sort()).toEqual(Object.values(authTables).sort())
    const dates = Object.values(getAuthTables(options)).flatMap(({ fields }) =>
      Object.entries(fields).flatMap(([name, { type, fieldName }]) => (type === 'date' ? [fieldName ?? name] : [])),
    )
    expect(new Set(dates)).toEqual(moments)
    await ground.close()
  })

  it('are all that the library may name, and a transaction of its own is one', async () => {
    const ground = await openGround(await open(), { migrations: [...storeMigrations, ...peopleMigrations] })
    const sealed = createPeopleVault(ground).columns
    const db = openLibraryQueries(ground.store, { label: 'auth', prefix: 'auth_', moments, sealed })
    for (const query of [
      () => db.selectFrom('audit').selectAll().execute(),
      () => db.selectFrom('auth_user').innerJoin('setting', 'setting.name', 'auth_user.id').selectAll().execute(),
      () => db.insertInto('setting').values({ name: 'a', value: 'b' }).execute(),
      () => db.updateTable('lease').set({ owner: 'me' }).execute(),
      () => db.deleteFrom('credential').execute(),
    ])
      await expect(query()).rejects.toMatchObject({ code: 'store.table_foreign' })
    const at = new Date('2026-03-05T02:00:00.123Z')
    const row = (id: string) => ({ id, identifier: id, value: 'v', expiresAt: at, createdAt: at, updatedAt: at })
    const left = db.transaction().execute(async (trx) => {
      await trx.insertInto('auth_verification').values(row('a')).execute()
      throw new Error('left')
    })
    await expect(left).rejects.toThrow('left')
    await db.transaction().execute((trx) => trx.insertInto('auth_verification').values(row('b')).execute())
    const doubled = db.transaction().execute((trx) => trx.insertInto('auth_verification').values(row('b')).execute())
    await expect(doubled).rejects.toBeDefined()
    expect(await db.selectFrom('auth_verification').selectAll().execute()).toEqual([row('b')])
    const { rows } = await ground.store
      .read('raw', (reader) =>
        sqlOf<{ auth_verification: { expiresAt: string } }>(reader)
          .selectFrom('auth_verification')
          .selectAll()
          .execute(),
      )
      .then((found) => ({ rows: found }))
    expect(rows).toMatchObject([{ expiresAt: '2026-03-05T02:00:00.123Z' }])
    await ground.close()
  })
})
