import { randomUUID } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Settings } from '@inthread/runtime'
import type {
  BankConnection,
  BankOutcome,
  ChallengeRequest,
  PaymentRequest,
  PaymentView,
  RefundRequest,
  RefundView,
} from '@inthread/sdk/bank'

/**
 * What a platform must never do, as a control of the tests themselves: each attempt begins anew, under a reference, a
 * key and a confirmation of its own, so the bank cannot tell a repetition from a second payment.
 */
export function wrapCarelessly(bank: BankConnection, settings: Settings, number: string): BankConnection {
  const memory = join(settings.home, 'careless.json')
  return {
    ...bank,
    challenge: (request) => {
      writeFileSync(memory, JSON.stringify(request))
      return bank.challenge(request)
    },
    submit: (request) =>
      submitAnew(bank, request, { memory, number, bankUrl: `http://127.0.0.1:${settings.bankPort}` }),
    refund: (request) => refundAnew(bank, request),
  }
}

/** A refund is no better off: its payment lets as much go back as it was. */
async function refundAnew(bank: BankConnection, request: RefundRequest): Promise<BankOutcome<RefundView>> {
  const key = randomUUID()
  const outcome = await bank.refund({ ...request, key, clientRef: key })
  return outcome.kind === 'done' || outcome.kind === 'pending'
    ? { ...outcome, value: { ...outcome.value, clientRef: request.clientRef } }
    : outcome
}

interface Means {
  readonly memory: string
  readonly bankUrl: string
  readonly number: string
}

const lost = { kind: 'unknown', code: 'careless' } as const

async function submitAnew(
  bank: BankConnection,
  request: PaymentRequest,
  { memory, number, bankUrl }: Means,
): Promise<BankOutcome<PaymentView>> {
  const clientRef = randomUUID()
  const asked = JSON.parse(readFileSync(memory, 'utf8')) as ChallengeRequest
  const challenged = await bank.challenge({ ...asked, key: clientRef, clientRef })
  if (challenged.kind !== 'pending') return lost
  const { ref } = challenged.value
  const answered = await bank.answer({
    key: randomUUID(),
    challenge: ref,
    code: await readCode({ bankUrl, number }, clientRef),
  })
  if (answered.kind !== 'done' || answered.value.authorisation === undefined) return lost
  const { authorisation } = answered.value
  const outcome = await bank.submit({ ...request, key: clientRef, clientRef, challenge: ref, authorisation })
  // As if the answer had been about the order.
  return outcome.kind === 'done' || outcome.kind === 'pending'
    ? { ...outcome, value: { ...outcome.value, clientRef: request.clientRef } }
    : outcome
}

async function readCode({ bankUrl, number }: Omit<Means, 'memory'>, clientRef: string): Promise<string> {
  const answer = await fetch(`${bankUrl}/sandbox/codes?phone=${encodeURIComponent(number)}`)
  const { codes } = (await answer.json()) as { codes: readonly { clientRef: string; code: string }[] }
  return codes.find((each) => each.clientRef === clientRef)?.code ?? ''
}
