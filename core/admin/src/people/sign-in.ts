import { z } from 'zod'
import { appendAudit, openScope } from '@inthread/store'
import { forgetAttempts, takeAttempt } from './tables/attempts.store.ts'
import { codeLength } from './build-auth.ts'
import {
  cookiesOf,
  deny,
  denyInput,
  headersOf,
  isoOf,
  reply,
  type Entrance,
  type DoorCall,
  type Reply,
} from './entrance.ts'
import { clearEnded, listMemberships } from './tables/people.store.ts'
import { findSession, idleMs, noteFactor } from './sessions.ts'

/** Written small: an address is one person's, however it is typed. */
export const address = z
  .string()
  .trim()
  .toLowerCase()
  .max(190)
  .regex(/^[a-z0-9._%+'-]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'an e-mail address like olive@example.com')
  .refine((text) => z.email().safeParse(text).success, 'an e-mail address like olive@example.com')

const windowMs = 15 * 60_000
const input = z.strictObject({ email: address, password: z.string().max(256) })

/**
 * With address and password. Unknown addresses and wrong passwords get one answer, and the library hashes for both, so
 * that time does not tell either.
 */
export async function signIn(entrance: Entrance, call: DoorCall): Promise<Reply> {
  const parsed = input.safeParse(call.body)
  if (!parsed.success) return denyInput(parsed.error)
  const { email, password } = parsed.data
  // Many people may come from one address of a company's network.
  const taken =
    (await takeAttempt(entrance.store, { name: `from:${call.ip}`, most: 100, windowMs })) &&
    (await takeAttempt(entrance.store, { name: `sign-in:${email}`, most: 10, windowMs }))
  if (!taken) return deny('too_many')
  const auth = await entrance.auth()
  const answer = await auth.api.signInEmail({ body: { email, password }, headers: headersOf(call), asResponse: true })
  if (!answer.ok) return deny('wrong')
  const told = (await answer.json()) as Partial<SignedIn>
  if (told.token === undefined || told.user === undefined) return reply({ state: 'second_factor' }, cookiesOf(answer))
  return enter(entrance, { token: told.token, user: told.user }, cookiesOf(answer))
}

const codeInput = z.strictObject({ code: z.string().trim().min(codeLength).max(20) })

/** The second step, for who has set a second factor up: a code of the app, or one of the backup codes. */
export async function showFactor(entrance: Entrance, call: DoorCall): Promise<Reply> {
  const parsed = codeInput.safeParse(call.body)
  if (!parsed.success) return denyInput(parsed.error)
  if (await findSession(entrance, call)) return deny('bad_input', 'somebody is signed in already: sign out first')
  const answer = await verifyCode(entrance, call, parsed.data.code)
  if (answer.status === 429) return deny('too_many')
  if (!answer.ok) return deny('wrong')
  const { token, user } = (await answer.json()) as SignedIn
  if (!(await takeCode(entrance, user.id, parsed.data.code))) {
    await endSession(entrance, token)
    return deny('wrong')
  }
  await noteFactor(entrance, token)
  return enter(entrance, { token, user }, cookiesOf(answer))
}

export interface SignedIn {
  readonly token: string
  readonly user: { readonly id: string; readonly email: string }
}

export async function verifyCode(entrance: Entrance, call: DoorCall, code: string): Promise<Response> {
  const { api } = await entrance.auth()
  const headers = headersOf(call)
  const asked = { body: { code, trustDevice: false }, headers, asResponse: true } as const
  return new RegExp(`^\\d{${codeLength}}$`).test(code) ? api.verifyTOTP(asked) : api.verifyBackupCode(asked)
}

/** The library takes a code as often as it is shown while it is good for: here it counts once. */
export function takeCode({ store }: Entrance, person: string, code: string): Promise<boolean> {
  return takeAttempt(store, { name: `code:${person}:${code}`, most: 1, windowMs: 3 * 60_000 })
}

/** Of whom nobody lets in any more, nothing is left; everybody else is on record. */
async function enter(entrance: Entrance, { token, user }: SignedIn, cookies: readonly string[]): Promise<Reply> {
  const { store, ids, clock } = entrance
  await forgetAttempts(store, [`sign-in:${user.email}`])
  const [first] = await store.read('auth.places', (reader) => listMemberships(reader, user.id))
  if (!first) {
    await endSession(entrance, token)
    return deny('no_place')
  }
  const actor = { kind: 'person', id: user.id } as const
  const record = { scope: openScope(first.place), actor, action: 'person.signed_in', object: actor }
  const now = entrance.nowMs()
  await store.write('auth.entered', async (tx) => {
    await clearEnded(tx, { now: isoOf(now), idleSince: isoOf(now - idleMs) })
    await appendAudit(tx, [record], { ids, now: clock.now() })
  })
  return reply({ state: 'in' }, cookies)
}

async function endSession(entrance: Entrance, token: string): Promise<void> {
  const { internalAdapter } = await (await entrance.auth()).$context
  await internalAdapter.deleteSession(token)
}

export async function signOut(entrance: Entrance, call: DoorCall): Promise<Reply> {
  const auth = await entrance.auth()
  const answer = await auth.api.signOut({ headers: headersOf(call), asResponse: true })
  return reply({}, cookiesOf(answer))
}
