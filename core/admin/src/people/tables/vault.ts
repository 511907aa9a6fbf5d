import { z } from 'zod'
import type { Keyring, Sealer } from '@inthread/store'
import type { SealedColumns } from '@inthread/store/sql'

/** Somebody who signs in, as the tables have them: an index to find them by, and the rest sealed. */
export interface SealedPerson {
  /** The index of the address. */
  readonly email: string
  readonly name: string
  readonly sealed: string
}

/** As it stands in a row; in one of before, nothing is sealed, and the rest is in clear. */
export interface PersonRow {
  readonly email: string
  readonly name: string
  readonly sealed: string | null
}

export interface PersonData {
  readonly email: string
  readonly name: string
}

export interface InvitedRow {
  readonly id: string
  readonly email: string
  readonly sealed: string | null
}

/** Names and addresses of staff: found again by address alone, and read by nobody who has the database and no key. */
export interface PeopleVault {
  /** What an address is found by. */
  indexOf(email: string): string
  sealPerson(person: PersonData): SealedPerson
  openPerson(row: PersonRow): PersonData
  /** Whom a link is for. */
  sealInvited(id: string, email: string): { readonly email: string; readonly sealed: string }
  openInvited(row: InvitedRow): string
  /** The same for the library, which knows nothing of it. */
  readonly columns: SealedColumns
}

const personSchema = z.object({ email: z.string(), name: z.string() })

export function createPeopleVault({
  keyring,
  sealer,
}: {
  readonly keyring: Pick<Keyring, 'blindIndex'>
  readonly sealer: Pick<Sealer, 'seal' | 'open'>
}): PeopleVault {
  const indexOf = (email: string): string => keyring.blindIndex('', 'email', email)
  const placeOf = (table: string, row: string) => ({ tenant: '', table, column: 'sealed', row })
  const sealValues = (values: object, index: string): string =>
    sealer.seal(placeOf('auth_user', index), JSON.stringify(values))
  const openValues = (sealed: string, index: string): PersonData =>
    personSchema.parse(JSON.parse(sealer.open(placeOf('auth_user', index), sealed)))
  return {
    indexOf,
    sealPerson: ({ email, name }) => {
      const index = indexOf(email)
      return { email: index, name: '', sealed: sealValues({ email, name }, index) }
    },
    openPerson: ({ email, name, sealed }) => (sealed === null ? { email, name } : openValues(sealed, email)),
    sealInvited: (id, email) => ({
      email: indexOf(email),
      sealed: sealer.seal(placeOf('auth_invitation', id), email),
    }),
    openInvited: ({ id, email, sealed }) =>
      sealed === null ? email : sealer.open(placeOf('auth_invitation', id), sealed),
    columns: {
      ...{ table: 'auth_user', found: 'email', hidden: ['name'], box: 'sealed' },
      indexOf,
      seal: sealValues,
      open: (sealed, index) => ({ ...openValues(sealed, index) }),
    },
  }
}
