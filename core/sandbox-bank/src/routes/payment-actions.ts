import { Type, type Static, type TObject } from 'typebox'
import type { Bank } from '../app/bank.ts'
import type { Client } from '../clients/clients.store.ts'
import { renderDecimal } from '../ledger/fee.ts'
import { commitCapture, commitEnd } from '../payments/settle.ts'
import { findPayment, getPayment, type Payment } from '../payments/payments.store.ts'
import { commitOnce } from '../transport/commit-once.ts'
import { Problem, type ProblemCode } from '../transport/problem.ts'
import { buildResourceAnswer, defineActing, type Answer, type Route } from './define-route.ts'
import { idParams, money } from './fields.ts'
import { paymentSchema, renderPayment } from './payment-resource.ts'

/** What may still be done with a payment that is held. */
export function buildPaymentActions(bank: Bank): Route[] {
  return [
    buildAction(bank, {
      name: 'cancel',
      id: 'cancelPayment',
      summary: 'Gives back what is held. Too late once the money has moved: refund it then.',
      body: Type.Object({}),
      problems: [],
      run: (payment) => {
        if (payment.state !== 'processing' && payment.state !== 'authorised') throw buildLate(payment)
        return commitEnd(bank, payment, { state: 'cancelled' })
      },
    }),
    buildAction(bank, {
      name: 'captures',
      id: 'capturePayment',
      summary: 'Takes what is held, or a part of it; the rest is given back. Once.',
      body: Type.Object({ amount: Type.Optional(money) }),
      problems: ['bad_amount', 'bad_currency', 'below_min', 'above_max'],
      run: (payment, { amount }) => {
        if (payment.state !== 'authorised') throw buildLate(payment)
        return commitCapture(bank, payment, amount ? readCapture(amount, payment) : payment.amountMinor)
      },
    }),
  ]
}

interface Action<B extends TObject> {
  readonly name: string
  readonly id: string
  readonly summary: string
  readonly body: B
  readonly problems: readonly ProblemCode[]
  readonly run: (payment: Payment, body: Static<B>) => Payment | undefined
}

function buildAction<B extends TObject>(bank: Bank, action: Action<B>): Route {
  return defineActing({
    url: `/v1/payments/:id/${action.name}`,
    id: action.id,
    summary: action.summary,
    params: idParams,
    body: action.body,
    answers: { 200: paymentSchema },
    problems: ['not_found', 'state_conflict', ...action.problems],
    run: ({ client, key, params, body }) => {
      const payment = commitOnce(bank, { key, status: 200 }, () => {
        const after = action.run(getOwn(bank, client, params.id), body)
        if (!after) throw new Error('a payment changed inside a transaction')
        return after
      })
      return buildAnswer(bank, payment)
    },
    replay: (client, id) => buildAnswer(bank, getPayment(bank.db, client.id, id)),
  })
}

function buildAnswer(bank: Bank, payment: Payment): Answer {
  return buildResourceAnswer(200, renderPayment(bank, payment))
}

function getOwn(bank: Bank, client: Client, id: string): Payment {
  const payment = findPayment(bank.db, client.id, id)
  if (!payment) throw new Problem('not_found', 'There is no payment with this id.')
  return payment
}

function buildLate({ id, state }: Payment): Problem {
  const outcome = state === 'succeeded' ? 'done' : 'none'
  return new Problem('state_conflict', {
    detail: `The payment is ${state}: this cannot be done with it now.`,
    instance: `/v1/payments/${id}`,
    outcome,
  })
}

function readCapture({ value, currency }: Static<typeof money>, payment: Payment): bigint {
  if (currency !== payment.currency) throw new Problem('bad_currency', `The payment is in ${payment.currency}.`)
  const amountMinor = BigInt(value)
  if (amountMinor <= 0n) throw new Problem('below_min', 'At least one minor unit is captured: cancel to take nothing.')
  if (amountMinor > payment.amountMinor) {
    throw new Problem('above_max', `No more than the ${renderDecimal(payment.amountMinor)} that are held.`)
  }
  return amountMinor
}
