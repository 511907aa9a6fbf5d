import type { z } from 'zod'
import type { Clock } from '@inthread/sdk/time'
import type { IdSource, Store } from '@inthread/store'
import type { Auth, BankAuth, BankProvider } from './build-auth.ts'
import type { ReadRange } from './breached.ts'
import type { PeopleVault } from './tables/vault.ts'
import { passwordSentences, type PasswordProblem } from './password-rules.ts'

export interface EntranceParts {
  readonly store: Store
  readonly ids: IdSource
  readonly clock: Clock
  readonly vault: PeopleVault
  readonly secret: string
  readonly publicUrl: string
  /** Of the machine: sessions and codes know no virtual time. */
  readonly nowMs: () => number
  /** Asks a list of known passwords elsewhere; undefined when there is none. */
  readonly readRange: ReadRange | undefined
  /** Where the bank's own staff signs in; undefined for nowhere. */
  readonly oidc?: BankProvider | undefined
}

/** What came in, as far as signing in is concerned. */
export interface DoorCall {
  readonly cookie: string | undefined
  readonly ip: string
  readonly userAgent: string
  readonly body: unknown
}

export interface Reply {
  readonly status: number
  readonly body: object
  /** `set-cookie` headers. */
  readonly cookies: readonly string[]
}

/** Everything that signing in is done with. */
export interface Entrance extends EntranceParts {
  /** Loaded when somebody first signs in: it takes half a second and fifty megabytes that keys do without. */
  auth(): Promise<Auth>
  /** The same with the bank's provider; undefined where there is none. */
  bankAuth(): Promise<BankAuth | undefined>
}

export function openEntrance(parts: EntranceParts): Entrance {
  let opened: Promise<Auth> | undefined
  const open = async (): Promise<Auth> => (await import('./build-auth.ts')).buildAuth(parts)
  let bank: Promise<BankAuth | undefined> | undefined
  const openBank = async (): Promise<BankAuth | undefined> =>
    parts.oidc && (await import('./build-auth.ts')).buildBankAuth(parts, parts.oidc)
  return { ...parts, auth: () => (opened ??= open()), bankAuth: () => (bank ??= openBank()) }
}

export function headersOf({ cookie, ip, userAgent }: DoorCall): Headers {
  const headers = new Headers({ 'x-inthread-ip': ip, 'user-agent': userAgent.slice(0, 300) })
  if (cookie !== undefined) headers.set('cookie', cookie)
  return headers
}

export function reply(body: object = {}, cookies: readonly string[] = []): Reply {
  return { status: 200, body, cookies }
}

export type DenialCode =
  | 'bad_input'
  | 'wrong'
  | 'too_many'
  | 'signed_out'
  | 'no_place'
  | 'second_factor_missing'
  | 'second_factor_there'
  | 'password_unfit'
  | 'link_over'
  | 'sign_in_first'
  | 'no_bank'
  | 'bank_away'

const statusOf: Readonly<Record<DenialCode, number>> = {
  bad_input: 400,
  wrong: 401,
  too_many: 429,
  signed_out: 401,
  no_place: 403,
  second_factor_missing: 409,
  second_factor_there: 409,
  password_unfit: 422,
  link_over: 410,
  sign_in_first: 409,
  no_bank: 404,
  bank_away: 503,
}

const sentences: Readonly<Record<DenialCode, string>> = {
  bad_input: 'the input is not what is taken here',
  wrong: 'address and password, or the code, do not fit: check both and try again',
  too_many: 'too many attempts: wait for a quarter of an hour and try again',
  signed_out: 'nobody is signed in: sign in and try again',
  no_place: 'nobody lets this person in any more: ask for an invitation',
  second_factor_missing: 'there is no second factor yet: set one up in your account',
  second_factor_there: 'there is a second factor already',
  password_unfit: 'this password will not do',
  link_over: 'this link was used, withdrawn, or its time is over: ask for another one',
  sign_in_first: 'there is an account of this address: sign in with it, then open the link again',
  no_bank: 'no bank’s sign-in is connected here: sign in with a password',
  bank_away: 'the bank’s sign-in cannot be reached: try again later, or sign in with a password',
}

export function deny(code: DenialCode, problem: string = sentences[code]): Reply {
  return { status: statusOf[code], body: { code, problem }, cookies: [] }
}

/** Input of another form: which fields are wrong and what they take, never what was in them. */
export function denyInput({ issues }: z.ZodError): Reply {
  const wrong = issues.map(({ path, code, message }) => {
    if (code === 'unrecognized_keys') return 'there is a field that is not known here'
    return path.length === 0 ? 'send a JSON object' : `${path.join('.')}: ${message}`
  })
  return deny('bad_input', `${sentences.bad_input}: ${wrong.join('; ')}`)
}

/** A password that will not do, and why, for programs and for people. */
export function denyPassword(reason: PasswordProblem): Reply {
  const body = { code: 'password_unfit', reason, problem: passwordSentences[reason] }
  return { status: statusOf.password_unfit, body, cookies: [] }
}

export function cookiesOf(answer: Response): readonly string[] {
  return answer.headers.getSetCookie()
}

export function isoOf(ms: number): string {
  return new Date(ms).toISOString()
}
