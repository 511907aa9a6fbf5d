import { column, type Migration } from '@inthread/store'

const { added, count, flag, id, instant, nullable, ref, sealed, table, text } = column

/** What the library calls its tables, and what they are called here. */
export const authTables = {
  user: 'auth_user',
  session: 'auth_session',
  account: 'auth_account',
  verification: 'auth_verification',
  organization: 'auth_organization',
  member: 'auth_member',
  invitation: 'auth_invitation',
  twoFactor: 'auth_two_factor',
} as const

/** Text of one length in ISO 8601, UTC: it sorts as time does. Columns have the library's own names. */
const moment = ref
const dated = { createdAt: moment(), updatedAt: moment() }

/** Columns that the library takes for moments. */
export const moments: ReadonlySet<string> = new Set([
  ...['createdAt', 'updatedAt', 'expiresAt', 'secondFactorAt', 'lockedUntil'],
  ...['accessTokenExpiresAt', 'refreshTokenExpiresAt'],
])

export const peopleMigrations: readonly Migration[] = [
  {
    id: 'people.001',
    tables: [
      table(
        'auth_user',
        {
          id: id(),
          name: ref(),
          email: ref(),
          emailVerified: flag(),
          image: nullable(text()),
          twoFactorEnabled: nullable(flag()),
          ...dated,
        },
        { primary: ['id'], unique: { email: ['email'] } },
      ),
      table(
        'auth_session',
        {
          id: id(),
          userId: id(),
          token: ref(),
          expiresAt: moment(),
          ipAddress: nullable(ref()),
          userAgent: nullable(text()),
          activeOrganizationId: nullable(ref()),
          secondFactorAt: nullable(moment()),
          /** The bank's provider, when it is that which has let them in. */
          through: nullable(ref()),
          ...dated,
        },
        { primary: ['id'], unique: { token: ['token'] }, index: { user: ['userId'] } },
      ),
      table(
        'auth_account',
        {
          id: id(),
          userId: id(),
          accountId: ref(),
          providerId: ref(),
          accessToken: nullable(text()),
          refreshToken: nullable(text()),
          idToken: nullable(text()),
          accessTokenExpiresAt: nullable(moment()),
          refreshTokenExpiresAt: nullable(moment()),
          scope: nullable(text()),
          password: nullable(text()),
          ...dated,
        },
        { primary: ['id'], index: { user: ['userId'] } },
      ),
      table(
        'auth_verification',
        { id: id(), identifier: ref(), value: text(), expiresAt: moment(), ...dated },
        { primary: ['id'], index: { identifier: ['identifier'] } },
      ),
      table(
        'auth_organization',
        {
          id: ref(),
          name: ref(),
          slug: ref(),
          logo: nullable(text()),
          metadata: nullable(text()),
          createdAt: moment(),
        },
        { primary: ['id'], unique: { slug: ['slug'] } },
      ),
      table(
        'auth_member',
        { id: id(), organizationId: ref(), userId: id(), role: ref(), createdAt: moment() },
        { primary: ['id'], unique: { place: ['organizationId', 'userId'] }, index: { user: ['userId'] } },
      ),
      table(
        'auth_invitation',
        {
          /** The digest of the link's secret, which is kept nowhere. */
          id: ref(),
          organizationId: ref(),
          email: ref(),
          role: nullable(ref()),
          status: ref(),
          expiresAt: moment(),
          createdAt: moment(),
          /** A person, or a key: the first invitation is nobody's. */
          inviterId: ref(),
          /** The person whose password it renews. */
          renews: nullable(id()),
        },
        { primary: ['id'], index: { place: ['organizationId', 'createdAt'], email: ['email'] } },
      ),
      table(
        'auth_two_factor',
        {
          id: id(),
          userId: id(),
          secret: text(),
          backupCodes: text(),
          verified: nullable(flag()),
          failedVerificationCount: nullable(count()),
          lockedUntil: nullable(moment()),
        },
        { primary: ['id'], index: { user: ['userId'] } },
      ),
      /** Ours: how often something was tried within a window that began then. */
      table(
        'auth_attempt',
        { name: ref(), began_at: instant(), tries: count() },
        { primary: ['name'], index: { began: ['began_at'] } },
      ),
    ],
  },
  /** Names and addresses, which `vault.ts` takes out of the columns that the library has for them. */
  {
    id: 'people.sealed',
    tables: [],
    added: [
      { table: 'auth_user', columns: { sealed: added(nullable(sealed()), null) } },
      { table: 'auth_invitation', columns: { sealed: added(nullable(sealed()), null) } },
    ],
  },
]
