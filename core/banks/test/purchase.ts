import type { AnswerRequest, ChallengeRequest, LinkRequest, PaymentRequest } from '@inthread/sdk/bank'
import { money } from '@inthread/sdk/money'
import { payee, rightCode } from './sample-books.ts'

/** Our side of the purchase that all tests are about. */
export const linkRequest: LinkRequest = { key: 'key-of-the-link-0001', phone: '+8613800000001', userRef: 'sub_1' }

export const challengeRequest: ChallengeRequest = {
  key: 'key-of-the-challenge-1',
  clientRef: 'ord_1',
  link: 'lnk_1',
  payload: {
    v: 1,
    op: 'payment',
    intent: 'ord_1',
    bank: 'b1',
    tenant: 'northern-rail',
    amount: '55350',
    currency: 'CNY',
    payee,
    payer: 'acc_1',
    expires: '2026-03-05T09:35:00Z',
    nonce: 'k3b9p0',
  },
  payloadDigest: 'd857aa3835cc17c99e3803595cff618350910cb3dddc4554629bd9bd2ba1dc6e',
  renderedDigest: '68feb552895e97f337010aae14a7b9cec42a0c4f1c8cf82c049a1eab5a98bb13',
}

export const answerRequest: AnswerRequest = { key: 'key-of-the-answer-0001', challenge: 'cnf_1', code: rightCode }

export const paymentRequest: PaymentRequest = {
  key: 'key-of-the-payment-001',
  clientRef: 'ord_1',
  challenge: 'cnf_1',
  authorisation: 'aut_1',
  payloadDigest: challengeRequest.payloadDigest,
  amount: money('553.50', 'CNY'),
  payeeId: payee.id,
  link: 'lnk_1',
  method: 'acc_1',
  purpose: 'G101 10:00',
}

/** The bank's resource of that payment. */
export const wirePayment = {
  id: 'pay_1',
  clientRef: 'ord_1',
  confirmationId: 'cnf_1',
  tenant: 'northern-rail',
  state: 'succeeded',
  version: 2,
  amount: { value: '55350', currency: 'CNY' },
  fee: { value: '332', currency: 'CNY' },
  payee: { id: payee.id },
  payer: { method: 'acc_1', mask: '****1234' },
  createdAt: '2026-03-05T09:30:00Z',
  updatedAt: '2026-03-05T09:30:01Z',
}

export const wireConfirmation = {
  id: 'cnf_1',
  clientRef: 'ord_1',
  state: 'pending',
  version: 1,
  method: 'code',
  destination: '138****0001',
  triesLeft: 3,
  expiresAt: '2026-03-05T09:32:00Z',
}
