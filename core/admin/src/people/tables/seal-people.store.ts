import { isFault } from '@inthread/sdk/fault'
import type { Store } from '@inthread/store'
import { sql, sqlOf } from '@inthread/store/sql'
import type { PeopleVault } from './vault.ts'

interface Tables {
  auth_user: { id: string; email: string; name: string; sealed: string | null }
  auth_invitation: { id: string; email: string; sealed: string | null }
}

const atOnce = 200

/** Seals what was written before there were seals; doing it again finds nothing, and two processes do no harm. */
export async function sealPeople(store: Store, vault: PeopleVault): Promise<void> {
  for (let after: string | undefined = ''; after !== undefined; after = await sealUsers(store, vault, after));
  for (let after: string | undefined = ''; after !== undefined; after = await sealInvitations(store, vault, after));
}

/** A part of them; the last one that was looked at, until there are none. */
async function sealUsers(store: Store, vault: PeopleVault, after: string): Promise<string | undefined> {
  const rows = await store.read('people.clear', (reader) =>
    sqlOf<Tables>(reader)
      .selectFrom('auth_user')
      .select(['id', 'email', 'name'])
      .where('sealed', 'is', null)
      .where('id', '>', after)
      .orderBy('id')
      .limit(sql.lit(atOnce))
      .execute(),
  )
  for (const { id, ...person } of rows) {
    const sealing = store.write('people.seal', (tx) =>
      sqlOf<Tables>(tx)
        .updateTable('auth_user')
        .set(vault.sealPerson(person))
        .where('id', '=', id)
        .where('sealed', 'is', null)
        .execute(),
    )
    // A process of before has made a second account of an address: the sealed one is found, and this one by nobody.
    await sealing.catch((error: unknown) => {
      if (!isFault(error, 'store.duplicate')) throw error
    })
  }
  return rows.at(-1)?.id
}

async function sealInvitations(store: Store, vault: PeopleVault, after: string): Promise<string | undefined> {
  const rows = await store.read('people.clear', (reader) =>
    sqlOf<Tables>(reader)
      .selectFrom('auth_invitation')
      .select(['id', 'email'])
      .where('sealed', 'is', null)
      .where('id', '>', after)
      .orderBy('id')
      .limit(sql.lit(atOnce))
      .execute(),
  )
  await store.write('people.seal', async (tx) => {
    for (const { id, email } of rows)
      await sqlOf<Tables>(tx)
        .updateTable('auth_invitation')
        .set(vault.sealInvited(id, email))
        .where('id', '=', id)
        .where('sealed', 'is', null)
        .execute()
  })
  return rows.at(-1)?.id
}
