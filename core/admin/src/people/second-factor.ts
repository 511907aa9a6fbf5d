import { z } from 'zod'
import { appendAudit, openScope } from '@inthread/store'
import { takeAttempt } from './tables/attempts.store.ts'
import {
  cookiesOf,
  deny,
  denyInput,
  denyPassword,
  headersOf,
  reply,
  type Entrance,
  type DoorCall,
  type Reply,
} from './entrance.ts'
import { findPasswordProblem } from './password-rules.ts'
import { findSession, noteFactor, type OpenSession } from './sessions.ts'
import { takeCode, verifyCode } from './sign-in.ts'

const windowMs = 15 * 60_000
const codeInput = z.strictObject({ code: z.string().trim().min(6).max(20) })

/**
 * Shows the second factor again, for what a session alone does not allow. The library counts nothing here, as somebody
 * is signed in already; so it is counted here.
 */
export async function stepUp(entrance: Entrance, call: DoorCall): Promise<Reply> {
  const parsed = codeInput.safeParse(call.body)
  if (!parsed.success) return denyInput(parsed.error)
  const session = await findSession(entrance, call)
  if (!session) return deny('signed_out')
  if (!session.person.secondFactor) return deny('second_factor_missing')
  if (!(await takeAttempt(entrance.store, { name: `step-up:${session.person.id}`, most: 10, windowMs })))
    return deny('too_many')
  const answer = await verifyCode(entrance, call, parsed.data.code)
  if (!answer.ok || !(await takeCode(entrance, session.person.id, parsed.data.code))) return deny('wrong')
  await noteFactor(entrance, session.token)
  await record(entrance, session, 'person.stepped_up')
  return reply({ seconds: 300 })
}

const passwordInput = z.strictObject({ password: z.string().max(256) })

/** What an app makes codes of, and backup codes: told once. In force only when a first code was shown. */
export async function startFactor(entrance: Entrance, call: DoorCall): Promise<Reply> {
  const parsed = passwordInput.safeParse(call.body)
  if (!parsed.success) return denyInput(parsed.error)
  const session = await findSession(entrance, call)
  if (!session) return deny('signed_out')
  if (session.person.secondFactor) return deny('second_factor_there')
  if (!(await takePassword(entrance, session))) return deny('too_many')
  const { api } = await entrance.auth()
  const { password } = parsed.data
  const answer = await api.enableTwoFactor({
    body: { password, method: 'totp' },
    headers: headersOf(call),
    asResponse: true,
  })
  if (!answer.ok) return deny('wrong')
  const { totpURI, backupCodes } = (await answer.json()) as { totpURI: string; backupCodes: readonly string[] }
  return reply({ uri: totpURI, backupCodes }, cookiesOf(answer))
}

/** The first code puts it in force, in a session that is a new one. */
export async function confirmFactor(entrance: Entrance, call: DoorCall): Promise<Reply> {
  const parsed = z
    .strictObject({
      code: z
        .string()
        .trim()
        .regex(/^\d{6}$/),
    })
    .safeParse(call.body)
  if (!parsed.success) return denyInput(parsed.error)
  const session = await findSession(entrance, call)
  if (!session) return deny('signed_out')
  if (session.person.secondFactor) return deny('second_factor_there')
  if (!(await takeAttempt(entrance.store, { name: `step-up:${session.person.id}`, most: 10, windowMs })))
    return deny('too_many')
  const answer = await verifyCode(entrance, call, parsed.data.code)
  if (!answer.ok || !(await takeCode(entrance, session.person.id, parsed.data.code))) return deny('wrong')
  const cookies = cookiesOf(answer)
  const next = await findSession(entrance, { ...call, cookie: cookies.map((each) => each.split(';')[0]).join('; ') })
  if (next) await noteFactor(entrance, next.token)
  await record(entrance, session, 'person.second_factor_set')
  return reply({}, cookies)
}

const changeInput = z.strictObject({ current: z.string().max(256), wanted: z.string().max(256) })

/** Ends all other sessions. */
export async function changePassword(entrance: Entrance, call: DoorCall): Promise<Reply> {
  const parsed = changeInput.safeParse(call.body)
  if (!parsed.success) return denyInput(parsed.error)
  const session = await findSession(entrance, call)
  if (!session) return deny('signed_out')
  if (!(await takePassword(entrance, session))) return deny('too_many')
  const { current, wanted } = parsed.data
  const places = session.memberships.map(({ place }) => place)
  const problem = await findPasswordProblem(wanted, { ...session.person, places }, entrance.readRange)
  if (problem !== undefined) return denyPassword(problem)
  const { api } = await entrance.auth()
  const answer = await api.changePassword({
    body: { currentPassword: current, newPassword: wanted, revokeOtherSessions: true },
    headers: headersOf(call),
    asResponse: true,
  })
  if (!answer.ok) return deny('wrong')
  await record(entrance, session, 'person.password_changed')
  return reply({}, cookiesOf(answer))
}

function takePassword(entrance: Entrance, { person }: OpenSession): Promise<boolean> {
  return takeAttempt(entrance.store, { name: `password:${person.id}`, most: 10, windowMs })
}

async function record(entrance: Entrance, { person, active }: OpenSession, action: string): Promise<void> {
  const { store, ids, clock } = entrance
  if (!active) return
  const line = { scope: openScope(active.place), actor: { kind: 'person', id: person.id } as const, action }
  await store.write('auth.record', (tx) =>
    appendAudit(tx, [{ ...line, object: { kind: 'person', id: person.id } }], { ids, now: clock.now() }),
  )
}
