import { appendAudit, openScope } from '@inthread/store'
import { takeAttempt } from './tables/attempts.store.ts'
import { bankProvider } from './build-auth.ts'
import { cookiesOf, deny, headersOf, reply, type DoorCall, type Entrance, type Reply } from './entrance.ts'
import { join } from './invitations.ts'
import { findPending, hasPassword } from './tables/people.store.ts'
import { findSession, nowIso, platformPlace, type OpenSession } from './sessions.ts'

/** Whether the bank's own staff may come by its identity provider, and what that is called. */
export function tellWays({ oidc }: Entrance): Promise<Reply> {
  return Promise.resolve(reply({ bank: oidc?.name ?? null }))
}

/** Where the browser goes to sign in there. */
export async function startBankSignIn(entrance: Entrance, call: DoorCall): Promise<Reply> {
  if (!entrance.oidc) return deny('no_bank')
  const many = { name: `bank:${call.ip}`, most: 100, windowMs: 15 * 60_000 }
  if (!(await takeAttempt(entrance.store, many))) return deny('too_many')
  const auth = await entrance.bankAuth()
  if (!auth) return deny('bank_away')
  const answer = await auth.api.signInSocial({
    body: { provider: bankProvider, callbackURL: console, errorCallbackURL: console, disableRedirect: true },
    headers: headersOf(call),
    asResponse: true,
  })
  if (!answer.ok) return deny('bank_away')
  const { url } = (await answer.json()) as { readonly url: string }
  return reply({ url }, cookiesOf(answer))
}

const console = '/console/'

export interface Landing {
  readonly location: string
  readonly cookies: readonly string[]
}

/**
 * The browser comes back. Only staff comes in so: who is of the platform or the bank, or invited to it; and the session
 * is good for nothing else, so that the bank's provider speaks for nobody of a tenant.
 */
export async function finishBankSignIn(
  entrance: Entrance,
  call: DoorCall,
  query: Readonly<Record<string, string>>,
): Promise<Landing> {
  const auth = await entrance.bankAuth()
  if (!auth) return refused
  const asked = { params: { id: bankProvider }, query, headers: headersOf(call), asResponse: true as const }
  const answer = await auth.api.callbackOAuth({ ...asked, method: 'GET' })
  const cookies = cookiesOf(answer)
  const cookie = cookies.map((each) => each.split(';')[0]).join('; ')
  const session = await findSession(entrance, { ...call, cookie })
  if (!session) return refused
  const { internalAdapter } = await auth.$context
  await internalAdapter.updateSession(session.token, { through: bankProvider, activeOrganizationId: platformPlace })
  if (!(await isStaff(entrance, session))) {
    await internalAdapter.deleteSession(session.token)
    return refused
  }
  await record(entrance, session.person.id)
  return { location: console, cookies }
}

const refused: Landing = { location: `${console}#sign-in=refused`, cookies: [] }

/**
 * Whoever has an invitation open accepts it by coming, unless the account has a password: a tenant's owner may have
 * made it for this address and know that. Such a one accepts by the link, signed in.
 */
async function isStaff(entrance: Entrance, { person, memberships }: OpenSession): Promise<boolean> {
  if (memberships.some(({ place }) => place === platformPlace)) return true
  const found = await entrance.store.read('auth.pending', async (reader) =>
    (await hasPassword(reader, person.id))
      ? undefined
      : findPending(reader, {
          ...{ email: person.email, place: platformPlace, now: nowIso(entrance) },
          vault: entrance.vault,
        }),
  )
  return found !== undefined && (await join(entrance, found, { userId: person.id })) === 'joined'
}

async function record({ store, ids, clock }: Entrance, id: string): Promise<void> {
  const actor = { kind: 'person', id } as const
  const line = { scope: openScope(platformPlace), actor, action: 'person.signed_in', object: actor }
  await store.write('auth.entered', (tx) =>
    appendAudit(tx, [{ ...line, data: { through: bankProvider } }], { ids, now: clock.now() }),
  )
}
