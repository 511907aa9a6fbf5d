import type { Reader, Transaction } from '@inthread/store'
import { forUpdate, insertAll, insertNew, sql, sqlOf } from '@inthread/store/sql'
import type { PeopleVault } from './vault.ts'

/** Moments are text here, as the library writes them. */
interface PeopleTables {
  auth_user: {
    id: string
    name: string
    email: string
    emailVerified: number
    image: string | null
    twoFactorEnabled: number | null
    createdAt: string
    updatedAt: string
    sealed: string | null
  }
  auth_organization: { id: string; name: string; slug: string; createdAt: string }
  auth_member: { id: string; organizationId: string; userId: string; role: string; createdAt: string }
  auth_invitation: {
    id: string
    organizationId: string
    email: string
    role: string | null
    status: string
    expiresAt: string
    createdAt: string
    inviterId: string
    renews: string | null
    sealed: string | null
  }
  auth_account: { userId: string; providerId: string; password: string | null; updatedAt: string }
  auth_session: { userId: string; expiresAt: string; updatedAt: string }
  auth_verification: { expiresAt: string }
  auth_two_factor: { userId: string }
}

/** One who works for a tenant; for the platform itself under the name that no tenant has. */
export interface Membership {
  readonly place: string
  readonly role: string
  readonly since: string
}

export interface Member {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly role: string
  readonly since: string
  readonly secondFactor: boolean
}

export interface Invitation {
  /** The digest of the link's secret. */
  readonly id: string
  readonly place: string
  readonly email: string
  readonly role: string
  readonly status: string
  readonly expiresAt: string
  readonly createdAt: string
  readonly invitedBy: string
  /** The person whose password it renews, in place of letting somebody in. */
  readonly renews: string | null
}

/** The oldest first. */
export async function listMemberships(reader: Reader, userId: string): Promise<readonly Membership[]> {
  const rows = await sqlOf<PeopleTables>(reader)
    .selectFrom('auth_member')
    .select(['organizationId', 'role', 'createdAt'])
    .where('userId', '=', userId)
    .orderBy('createdAt')
    .orderBy('id')
    .limit(sql.lit(200))
    .execute()
  return rows.map(({ organizationId, role, createdAt }) => ({ place: organizationId, role, since: createdAt }))
}

export async function listMembers(reader: Reader, place: string, vault: PeopleVault): Promise<readonly Member[]> {
  const rows = await sqlOf<PeopleTables>(reader)
    .selectFrom('auth_member')
    .innerJoin('auth_user', 'auth_user.id', 'auth_member.userId')
    .select(['auth_user.id', 'auth_user.name', 'auth_user.email', 'auth_user.sealed', 'auth_user.twoFactorEnabled'])
    .select(['auth_member.role', 'auth_member.createdAt'])
    .where('auth_member.organizationId', '=', place)
    .orderBy('auth_member.createdAt')
    .limit(sql.lit(1000))
    .execute()
  return rows.map(({ id, role, twoFactorEnabled, createdAt, ...row }) => ({
    ...{ id, role, ...vault.openPerson(row) },
    since: createdAt,
    secondFactor: twoFactorEnabled === 1,
  }))
}

export function findUserByEmail(
  reader: Reader,
  email: string,
  vault: PeopleVault,
): Promise<{ id: string } | undefined> {
  const query = sqlOf<PeopleTables>(reader).selectFrom('auth_user').select('id')
  return query.where('email', '=', vault.indexOf(email)).executeTakeFirst()
}

export async function saveInvitation(
  tx: Transaction,
  { place, invitedBy, ...made }: Omit<Invitation, 'status'>,
  vault: PeopleVault,
): Promise<void> {
  const organization = { id: place, name: place, slug: place, createdAt: made.createdAt }
  await insertNew(tx, 'auth_organization', { rows: [organization], key: 'id' })
  const whom = vault.sealInvited(made.id, made.email)
  const row = { ...made, ...whom, organizationId: place, inviterId: invitedBy, status: 'pending' }
  await insertAll(tx, 'auth_invitation', [row])
}

/** Inside of a transaction nobody else accepts it meanwhile. */
export async function findInvitation(
  reader: Reader | Transaction,
  id: string,
  vault: PeopleVault,
): Promise<Invitation | undefined> {
  const query = sqlOf<PeopleTables>(reader).selectFrom('auth_invitation').selectAll().where('id', '=', id)
  const locks = 'writes' in reader && reader.writes
  const row = await (locks ? query.modifyEnd(forUpdate(reader)) : query).executeTakeFirst()
  return row && readInvitation(row, vault)
}

interface Place {
  readonly email: string
  readonly place: string
  readonly now: string
  readonly vault: PeopleVault
}

/** The newest that is open for an address. */
export async function findPending(
  reader: Reader,
  { email, place, now, vault }: Place,
): Promise<Invitation | undefined> {
  const row = await sqlOf<PeopleTables>(reader)
    .selectFrom('auth_invitation')
    .selectAll()
    .where('email', '=', vault.indexOf(email))
    .where('organizationId', '=', place)
    .where('status', '=', 'pending')
    .where('renews', 'is', null)
    .where('expiresAt', '>', now)
    .orderBy('createdAt', 'desc')
    .limit(sql.lit(1))
    .executeTakeFirst()
  return row && readInvitation(row, vault)
}

/**
 * Whether somebody is of the platform or the bank, or invited to it. An account with a password was made by whoever
 * held a link to a tenant, whom nobody has asked for the address: being invited does not yet make it the bank's.
 */
export async function isExpected(
  reader: Reader,
  who: { readonly email: string } | { readonly userId: string },
  { now, vault }: Pick<Place, 'now' | 'vault'>,
): Promise<boolean> {
  const query = sqlOf<PeopleTables>(reader).selectFrom('auth_user').select(['id', 'email', 'name', 'sealed'])
  const found =
    'email' in who ? query.where('email', '=', vault.indexOf(who.email)) : query.where('id', '=', who.userId)
  const user = await found.executeTakeFirst()
  const email = 'email' in who ? who.email : user && vault.openPerson(user).email
  if (user && (await listMemberships(reader, user.id)).some(({ place }) => place === '*')) return true
  if (user && (await hasPassword(reader, user.id))) return false
  return email !== undefined && (await findPending(reader, { email, place: '*', now, vault })) !== undefined
}

export async function hasPassword(reader: Reader, userId: string): Promise<boolean> {
  const query = sqlOf<PeopleTables>(reader).selectFrom('auth_account').select('userId').where('userId', '=', userId)
  return (await query.where('providerId', '=', 'credential').executeTakeFirst()) !== undefined
}

/** No more wait in one place than a list shows: none is hidden behind others. */
export const linksAtMost = 200

/** Those that wait, and those that nobody took in time. */
export async function listInvitations(
  reader: Reader,
  place: string,
  vault: PeopleVault,
): Promise<readonly Invitation[]> {
  const rows = await sqlOf<PeopleTables>(reader)
    .selectFrom('auth_invitation')
    .selectAll()
    .where('organizationId', '=', place)
    .where('status', '=', 'pending')
    .orderBy('createdAt', 'desc')
    .limit(sql.lit(linksAtMost))
    .execute()
  return rows.map((row) => readInvitation(row, vault))
}

/** True when it was this call that ended it. */
export async function endInvitation(tx: Transaction, id: string, status: 'accepted' | 'canceled'): Promise<boolean> {
  const ended = await sqlOf<PeopleTables>(tx)
    .updateTable('auth_invitation')
    .set({ status })
    .where('id', '=', id)
    .where('status', '=', 'pending')
    .executeTakeFirst()
  return ended.numUpdatedRows === 1n
}

/** Whoever has made one meant the account as it was: it opens nothing that came since. */
export async function endRenewals(tx: Transaction, email: string, vault: PeopleVault): Promise<void> {
  await sqlOf<PeopleTables>(tx)
    .updateTable('auth_invitation')
    .set({ status: 'canceled' })
    .where('email', '=', vault.indexOf(email))
    .where('renews', 'is not', null)
    .where('status', '=', 'pending')
    .execute()
}

/** Links by which somebody who is removed would come back: to their address, and those that they have made. */
export async function endLinksOf(tx: Transaction, place: string, userId: string): Promise<void> {
  const db = sqlOf<PeopleTables>(tx)
  const user = await db.selectFrom('auth_user').select('email').where('id', '=', userId).executeTakeFirst()
  await db
    .updateTable('auth_invitation')
    .set({ status: 'canceled' })
    .where('organizationId', '=', place)
    .where('status', '=', 'pending')
    .where((by) => by.or([by('inviterId', '=', userId), by('email', '=', user?.email ?? '')]))
    .execute()
}

export async function isEnded(reader: Reader, id: string): Promise<boolean> {
  const query = sqlOf<PeopleTables>(reader).selectFrom('auth_invitation').select('status').where('id', '=', id)
  return (await query.executeTakeFirst())?.status === 'accepted'
}

export interface NewUser {
  readonly id: string
  readonly name: string
  readonly email: string
  /** As the library hashes it. */
  readonly password: string
  readonly now: string
}

/** As the library would write it: an account with a password belongs to the person of the same id. */
export async function saveUser(
  tx: Transaction,
  { id, name, email, password, now }: NewUser,
  vault: PeopleVault,
): Promise<void> {
  const dated = { createdAt: now, updatedAt: now }
  const who = vault.sealPerson({ name, email })
  await insertAll(tx, 'auth_user', [
    { id, ...who, emailVerified: false, image: null, twoFactorEnabled: false, ...dated },
  ])
  const account = { id, userId: id, accountId: id, providerId: 'credential', password, ...dated }
  await insertAll(tx, 'auth_account', [account])
}

/** A new password, and nothing of before: neither second factor nor sessions, nor how long they have been there. */
export async function renewUser(tx: Transaction, { id, password, now }: Pick<NewUser, 'id' | 'password' | 'now'>) {
  const db = sqlOf<PeopleTables>(tx)
  const account = { password, updatedAt: now }
  await db
    .updateTable('auth_account')
    .set(account)
    .where('userId', '=', id)
    .where('providerId', '=', 'credential')
    .execute()
  await db.deleteFrom('auth_two_factor').where('userId', '=', id).execute()
  await db.deleteFrom('auth_session').where('userId', '=', id).execute()
  await db.updateTable('auth_user').set({ twoFactorEnabled: 0, updatedAt: now }).where('id', '=', id).execute()
  await db.updateTable('auth_member').set({ createdAt: now }).where('userId', '=', id).execute()
}

/** What is over opens nothing; it is cleared away, as it says who was where. */
export async function clearEnded(tx: Transaction, ends: { readonly now: string; readonly idleSince: string }) {
  const db = sqlOf<PeopleTables>(tx)
  await db.deleteFrom('auth_session').where('expiresAt', '<', ends.now).execute()
  await db.deleteFrom('auth_session').where('updatedAt', '<', ends.idleSince).execute()
  await db.deleteFrom('auth_verification').where('expiresAt', '<', ends.now).execute()
}

export interface NewMember {
  readonly id: string
  readonly place: string
  readonly userId: string
  readonly role: string
  readonly now: string
}

/** Whoever was there already has the new role from now on. */
export async function saveMember(tx: Transaction, { id, place, userId, role, now }: NewMember): Promise<void> {
  await removeMember(tx, place, userId)
  await insertAll(tx, 'auth_member', [{ id, organizationId: place, userId, role, createdAt: now }])
}

export async function isMember(reader: Reader, id: string): Promise<boolean> {
  const query = sqlOf<PeopleTables>(reader).selectFrom('auth_member').select('id').where('id', '=', id)
  return (await query.executeTakeFirst()) !== undefined
}

/** Sessions of theirs go on, and open nothing here any more. */
export async function removeMember(tx: Transaction, place: string, userId: string): Promise<boolean> {
  const removed = await sqlOf<PeopleTables>(tx)
    .deleteFrom('auth_member')
    .where('organizationId', '=', place)
    .where('userId', '=', userId)
    .executeTakeFirst()
  return removed.numDeletedRows === 1n
}

function readInvitation(row: PeopleTables['auth_invitation'], vault: PeopleVault): Invitation {
  const { organizationId, inviterId, role, sealed: _, ...same } = row
  return { ...same, email: vault.openInvited(row), role: role ?? '', place: organizationId, invitedBy: inviterId }
}
