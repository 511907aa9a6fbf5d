import { generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import Provider from 'oidc-provider'
import { findFreePorts } from '../ports.ts'

/** The identity provider of a bank: a certified one, at which everybody is who they say they are. */
export interface BankLogin {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** Who signs in next, and whether their address counts as checked. */
  next: { readonly email: string; readonly verified?: boolean | string }
  close(): Promise<void>
}

/** `localhost` is another site than `127.0.0.1`, as a bank's provider is one. */
export async function openBankLogin(redirectUri: string): Promise<BankLogin> {
  const [port = 0] = await findFreePorts(1)
  const issuer = `http://localhost:${port}`
  const client = { clientId: 'inthread', clientSecret: 'a secret of thirty-two characters' }
  const known = new Map<string, BankLogin['next']>()
  const login: BankLogin = {
    issuer,
    ...client,
    next: { email: 'nobody@bank.example' },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
  const provider = new Provider(issuer, {
    clients: [{ client_id: client.clientId, client_secret: client.clientSecret, redirect_uris: [redirectUri] }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context: unknown, interaction: { readonly uid: string }) => `/as/${interaction.uid}` },
    cookies: { keys: ['test'] },
    jwks: { keys: [generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' })] },
    ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, AuthorizationCode: 60, IdToken: 600 },
    pkce: { required: () => true },
    findAccount: (_context: unknown, accountId: string) => ({
      accountId,
      claims: () => {
        const { email, verified } = known.get(accountId) ?? { email: accountId }
        return {
          ...{ sub: accountId, email, name: 'Bruno of the Bank' },
          ...(verified === undefined ? {} : { email_verified: verified }),
        }
      },
    }),
  })
  const answer = provider.callback()
  const server = createServer((request, response) => {
    if (!request.url?.startsWith('/as/')) return void answer(request, response)
    const { email } = login.next
    known.set(email, login.next)
    void (async () => {
      const { prompt, params, grantId, session } = await provider.interactionDetails(request, response)
      if (prompt.name === 'login')
        return provider.interactionFinished(request, response, { login: { accountId: email } })
      const grant = new provider.Grant({ accountId: session?.accountId, clientId: client.clientId })
      grant.addOIDCScope(String(params['scope']))
      const granted = grantId ?? (await grant.save())
      return provider.interactionFinished(request, response, { consent: { grantId: granted } })
    })()
  })
  await new Promise<void>((resolve) => server.listen(port, 'localhost', resolve))
  return login
}
