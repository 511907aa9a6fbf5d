import { betterAuth } from 'better-auth'
import { genericOAuth } from 'better-auth/plugins/generic-oauth'
import { organization } from 'better-auth/plugins/organization'
import { twoFactor } from 'better-auth/plugins/two-factor'
import type { IdSource, Store } from '@inthread/store'
import { openLibraryQueries } from '@inthread/store/sql'
import { authTables, moments } from './tables/auth-tables.ts'
import { isExpected } from './tables/people.store.ts'
import type { PeopleVault } from './tables/vault.ts'

export interface AuthParts {
  readonly store: Store
  readonly ids: IdSource
  readonly vault: PeopleVault
  /** Signs cookies and seals what codes are made of; the same in all processes that share the database. */
  readonly secret: string
  readonly publicUrl: string
  readonly nowMs: () => number
  readonly oidc?: BankProvider | undefined
}

/** The bank's own identity provider: OpenID Connect, with discovery. */
export interface BankProvider {
  /** What the button says. */
  readonly name: string
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
}

export const bankProvider = 'bank'

/** A session ends twelve hours after it began, however busy it was; see `sessions.ts` for an idle one. */
const sessionSeconds = 12 * 3600
export const codeLength = 6

export type Auth = ReturnType<typeof buildAuth>
export type BankAuth = ReturnType<typeof buildBankAuth>

/** The library that knows passwords, codes and sessions. Nobody outside of this folder sees it, or its tables. */
export function buildAuth(parts: AuthParts) {
  return betterAuth(buildOptions(parts))
}

/**
 * The same with the bank's provider. One of its own: it asks for the provider's description when it is made, and
 * whoever comes with a password must not wait for that.
 */
export function buildBankAuth(parts: AuthParts, { issuer, clientId, clientSecret }: BankProvider) {
  const options = buildOptions(parts)
  const provider = genericOAuth({
    config: [
      {
        ...{ providerId: bankProvider, clientId, clientSecret, pkce: true, requireIdTokenVerification: true },
        discoveryUrl: `${issuer}/.well-known/openid-configuration`,
        scopes: ['openid', 'email', 'profile'],
        // A bank's provider that says nothing about addresses has given them out itself. Some write words for flags.
        mapProfileToUser: ({ email_verified: verified = true }) => ({ emailVerified: String(verified) === 'true' }),
      },
    ],
  })
  return betterAuth({ ...options, plugins: [...options.plugins, provider], databaseHooks: buildHooks(parts) })
}

/** Of whoever the bank's provider names, nobody is written down who is not staff; and none of its tokens is kept. */
function buildHooks({ store, vault, nowMs }: AuthParts) {
  const expected = (who: { readonly email: string } | { readonly userId: string }): Promise<boolean> =>
    store.read('auth.expected', (reader) => isExpected(reader, who, { now: new Date(nowMs()).toISOString(), vault }))
  const noTokens = { accessToken: null, refreshToken: null, idToken: null, scope: null }
  return {
    user: {
      create: {
        before: async (user: { readonly email: string; readonly emailVerified: boolean }) =>
          user.emailVerified && (await expected({ email: user.email })) ? undefined : false,
      },
    },
    account: {
      create: {
        before: async (account: { readonly userId: string }) =>
          (await expected({ userId: account.userId }))
            ? { data: { ...noTokens, accessTokenExpiresAt: null, refreshTokenExpiresAt: null } }
            : (false as const),
      },
    },
  }
}

export function buildOptions({ store, ids, vault, secret, publicUrl }: AuthParts) {
  const db = openLibraryQueries(store, { label: 'auth', prefix: 'auth_', moments, sealed: vault.columns })
  return {
    appName: 'Inthread',
    baseURL: publicUrl,
    basePath: '/auth',
    secret,
    database: { db, type: store.flavour === 'sqlite' ? ('sqlite' as const) : ('mysql' as const) },
    // Addresses are invited: nobody makes an account of their own accord.
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 1, maxPasswordLength: 256 },
    user: { modelName: authTables.user },
    account: {
      modelName: authTables.account,
      updateAccountOnSignIn: false,
      // Addresses are those of invitations, which nobody has written to; who is staff is looked at where it is linked.
      accountLinking: { enabled: true, requireLocalEmailVerified: false, trustedProviders: [] },
    },
    verification: { modelName: authTables.verification, storeIdentifier: 'plain' as const },
    session: {
      modelName: authTables.session,
      expiresIn: sessionSeconds,
      disableSessionRefresh: true,
      additionalFields: {
        secondFactorAt: { type: 'date' as const, required: false, input: false },
        through: { type: 'string' as const, required: false, input: false },
      },
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
        // Of who has no password, none is asked; everybody else's is.
        allowPasswordless: true,
        totpOptions: { digits: codeLength },
        schema: { twoFactor: { modelName: authTables.twoFactor } },
      }),
    ],
    advanced: {
      cookiePrefix: 'inthread',
      useSecureCookies: publicUrl.startsWith('https:'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'strict' as const, path: '/' },
      // The way back from a bank's provider begins at a page of another origin.
      cookies: { state: { attributes: { sameSite: 'lax' as const } } },
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
