import type { Client } from '../clients/clients.store.ts'
import { currency } from '../ledger/accounts.store.ts'
import { renderDecimal } from '../ledger/fee.ts'
import type { Quote } from '../quotes/quotes.store.ts'
import { Problem } from '../transport/problem.ts'
import { getOperation } from './operations.ts'
import type { Payload } from './payload.ts'

export interface PayloadRules {
  readonly client: Client
  /** Ids of the accounts that the payer of this link may pay from. */
  readonly methods: readonly string[]
  readonly perPaymentMinor: bigint
  readonly nowMs: number
  /** The one the payload names: open, and of this link. */
  readonly quote?: Quote
}

/** Throws the first Problem found: payee, payer, amount, time, terms. */
export function assertPayloadAllowed(payload: Payload, rules: PayloadRules): void {
  assertPayee(payload.payee, rules)
  assertPayer(payload, rules.methods)
  assertAmount(payload, rules)
  // Written this way round, a time that the calendar does not have (a leap second) counts as over.
  if (!(Date.parse(payload.expires) > rules.nowMs)) {
    throw new Problem('expired', 'payload.expires is over: make a new payload with a later time.')
  }
  if (payload.terms !== rules.quote?.termsSha256) {
    throw new Problem('amount_changed', 'payload.terms is not the digest of the quote: read the quote again.')
  }
}

/** The payee's id also pins this bank and this client, which is why `bank` and `tenant` may be the caller's words. */
function assertPayee(payee: Payload['payee'], { client, quote }: PayloadRules): void {
  if (quote?.payee) {
    const { id, name, account } = quote.payee
    if (payee.id === id && payee.name === name && payee.account === account) return
    throw new Problem('payee_mismatch', 'payload.payee is not the one of the quote: copy it from there.')
  }
  const named = payee.name === client.names.zh || payee.name === client.names.en
  if (payee.id === client.payeeId && payee.account === client.accountMask && named) return
  throw new Problem(
    'payee_mismatch',
    'payload.payee is not the merchant of this client: copy it from GET /v1/capabilities.',
  )
}

function assertPayer({ op, payer }: Payload, methods: readonly string[]): void {
  const rule = getOperation(op).payer
  if (payer === 'none' ? rule !== 'account' : rule !== 'none' && methods.includes(payer)) return
  const detail =
    rule === 'none'
      ? 'payload.payer must be none: nothing is paid here.'
      : 'payload.payer is not a payment method of this link: read GET /v1/links/{id}/methods.'
  throw new Problem('payer_mismatch', detail)
}

function assertAmount(payload: Payload, { perPaymentMinor, quote }: PayloadRules): void {
  if (payload.currency !== currency) throw new Problem('bad_currency', `This bank pays in ${currency} only.`)
  const { money, mostMinor = perPaymentMinor } = getOperation(payload.op)
  const amountMinor = BigInt(payload.amount)
  if (quote?.amountMinor !== undefined && quote.amountMinor !== amountMinor) {
    throw new Problem('amount_changed', 'payload.amount is not the amount of the quote: copy it from there.')
  }
  if (money === 'some' && amountMinor <= 0n) {
    throw new Problem('below_min', 'A payment must be at least one minor unit.')
  }
  if (money === 'none' && amountMinor !== 0n) throw new Problem('above_max', 'Nothing is paid here: the amount is 0.')
  if (amountMinor > mostMinor) {
    throw new Problem('above_max', `A payment may not be above ${renderDecimal(mostMinor)} ${currency}.`)
  }
}
