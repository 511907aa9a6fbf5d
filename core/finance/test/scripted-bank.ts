import type { BankConnection, BankOutcome, Challenge, NoticePage, PaymentView } from '@inthread/sdk/bank'

const asked = (name: string) => (): never => {
  throw new Error(`nobody said what the bank answers to ${name}`)
}

/** What was asked of a bank, by the name of the call. */
export interface Asked {
  readonly call: string
  readonly request: unknown
}

type Script = Partial<Omit<BankConnection, 'notFoundIsFinalAfterMs' | 'publicKey'>>

/** A bank that answers as a test says, and keeps what it was asked. */
export function scriptBank(script: Script, calls: Asked[] = []): BankConnection {
  const listen = <R, A>(call: string, answer: ((request: R) => A) | undefined) => {
    return (request: R): A => {
      calls.push({ call, request })
      return (answer ?? asked(call))(request)
    }
  }
  return {
    notFoundIsFinalAfterMs: 60_000,
    publicKey: {},
    profile: () => listen('profile', () => (script.profile ?? asked('profile'))())(undefined),
    link: listen('link', script.link),
    methods: listen('methods', script.methods),
    challenge: listen('challenge', script.challenge),
    answer: listen('answer', script.answer),
    findChallenge: listen('findChallenge', script.findChallenge),
    submit: listen('submit', script.submit),
    query: listen('query', script.query),
    ask: listen('ask', script.ask),
    verifyNotice: listen('verifyNotice', script.verifyNotice),
    notices: listen('notices', script.notices),
    refund: listen('refund', script.refund),
    findRefund: listen('findRefund', script.findRefund),
    consent: listen('consent', script.consent),
    withdrawConsent: listen('withdrawConsent', script.withdrawConsent),
    numberCheck: listen('numberCheck', script.numberCheck),
    statement: listen('statement', script.statement),
  }
}

export const done = <T>(value: T): Promise<BankOutcome<T>> => Promise.resolve({ kind: 'done', value })
export const unknown = (): Promise<{ kind: 'unknown'; code: string }> =>
  Promise.resolve({ kind: 'unknown', code: 'no_answer' })
export const refused = (code = 'no', reason: 'declined' | 'not_linked' | 'try_later' = 'declined') =>
  Promise.resolve({ kind: 'refused', code, reason } as const)

export const challengeOf = (change: Partial<Challenge> = {}): Challenge => ({
  ref: 'chl_1',
  state: 'pending',
  destination: '138****0001',
  triesLeft: 3,
  expiresAt: 9e15,
  authorisation: undefined,
  ...change,
})

export type { NoticePage, PaymentView }
