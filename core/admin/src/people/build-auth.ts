import { betterAuth } from 'better-auth'
import { organization } from 'better-auth/plugins/organization'
import { twoFactor } from 'better-auth/plugins/two-factor'
import type { IdSource, Store } from '@inthread/store'
import { openLibraryQueries } from '@inthread/store/sql'
import { authTables, moments } from './auth-tables.ts'

export interface AuthParts {
  readonly store: Store
  readonly ids: IdSource
  /** Signs cookies and seals what codes are made of; the same in all processes that share the database. */
  readonly secret: string
  readonly publicUrl: string
}

/** A session ends twelve hours after it began, however busy it was; see `sessions.ts` for an idle one. */
export const sessionSeconds = 12 * 3600
export const codeLength = 6

export type Auth = ReturnType<typeof buildAuth>

/** The library that knows passwords, codes and sessions. Nobody outside of this folder sees it, or its tables. */
export function buildAuth(parts: AuthParts) {
  return betterAuth(buildOptions(parts))
}

export function buildOptions({ store, ids, secret, publicUrl }: AuthParts) {
  const db = openLibraryQueries(store, { label: 'auth', prefix: 'auth_', moments })
  return {
    appName: 'Inthread',
    baseURL: publicUrl,
    basePath: '/auth',
    secret,
    database: { db, type: store.flavour === 'sqlite' ? ('sqlite' as const) : ('mysql' as const) },
    // Addresses are invited: nobody makes an account of their own accord.
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 1, maxPasswordLength: 256 },
    user: { modelName: authTables.user },
    account: { modelName: authTables.account },
    verification: { modelName: authTables.verification, storeIdentifier: 'plain' as const },
    session: {
      modelName: authTables.session,
      expiresIn: sessionSeconds,
      disableSessionRefresh: true,
      additionalFields: { secondFactorAt: { type: 'date' as const, required: false, input: false } },
    },
    plugins: [
      organization({
        schema: {
          organization: { modelName: authTables.organization },
          member: { modelName: authTables.member },
          invitation: {
            modelName: authTables.invitation,
            additionalFields: { renews: { type: 'string', required: false, input: false } },
          },
        },
      }),
      twoFactor({
        issuer: 'Inthread',
        totpOptions: { digits: codeLength },
        schema: { twoFactor: { modelName: authTables.twoFactor } },
      }),
    ],
    advanced: {
      cookiePrefix: 'inthread',
      useSecureCookies: publicUrl.startsWith('https:'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'strict' as const, path: '/' },
      // Whoever calls from outside names this header in vain: the door writes it.
      ipAddress: { ipAddressHeaders: ['x-inthread-ip'] },
      database: { generateId: () => ids.next(), validateSchema: false },
    },
    // Counted in `attempts.store.ts`, by address too.
    rateLimit: { enabled: false },
    logger: { disabled: true },
    telemetry: { enabled: false },
  }
}
