import { Type } from 'typebox'
import type { Bank } from '../app/bank.ts'
import { buildSubmitted } from '../deeds/commit-routes.ts'
import { buildDeedSchema, renderDeed } from '../deeds/deed-resource.ts'
import { buildDeedRoutes, getDeed } from '../deeds/deed-routes.ts'
import { listDeedsOfParent } from '../deeds/deeds.store.ts'
import { findPayment, type Payment } from '../payments/payments.store.ts'
import { defineActing, defineReading, type Route } from '../routes/define-route.ts'
import { clientRef, idParams, money } from '../routes/fields.ts'
import { commitOnce } from '../transport/commit-once.ts'
import { Problem } from '../transport/problem.ts'
import { commitRefund } from './commit-refund.ts'
import { refundKind } from './refund-kind.ts'

const refundBody = Type.Object({
  clientRef,
  amount: money,
  reason: Type.Optional(Type.String({ maxLength: 200 })),
})

export function buildRefundRoutes(bank: Bank): Route[] {
  return [buildPost(bank), buildListOfPayment(bank), ...buildDeedRoutes(bank, refundKind)]
}

function buildPost(bank: Bank): Route {
  return defineActing({
    url: '/v1/payments/:id/refunds',
    id: 'createRefund',
    summary: 'Gives a part of a payment back, or all of it. 202 means taken, not given back.',
    params: idParams,
    body: refundBody,
    answers: { 202: buildDeedSchema(refundKind) },
    problems: [
      ...(['not_found', 'state_conflict', 'bad_amount', 'bad_currency', 'below_min', 'above_max'] as const),
      ...(['insufficient_funds', 'account_frozen'] as const),
    ],
    run: ({ client, key, params, body }) => {
      const deed = commitOnce(bank, { key, status: 202 }, () =>
        commitRefund(bank, { client, payment: getOwn(bank, client.id, params.id) }, body),
      )
      return buildSubmitted(bank, refundKind, { status: 202, deed })
    },
    replay: (client, id, status) => {
      const deed = getDeed(bank, refundKind, { clientId: client.id, id })
      return buildSubmitted(bank, refundKind, { status, deed })
    },
  })
}

function buildListOfPayment(bank: Bank): Route {
  return defineReading({
    method: 'GET',
    url: '/v1/payments/:id/refunds',
    id: 'listRefundsOfPayment',
    summary: 'What was given back of a payment, oldest first.',
    params: idParams,
    answers: { 200: Type.Object({ items: Type.Array(buildDeedSchema(refundKind)) }) },
    problems: ['not_found'],
    run: ({ client, params }) => {
      const { id } = getOwn(bank, client.id, params.id)
      const refunds = listDeedsOfParent(bank, id, refundKind.thing)
      return { status: 200, body: { items: refunds.map((refund) => renderDeed(bank, refundKind, refund)) } }
    },
  })
}

function getOwn(bank: Bank, clientId: string, id: string): Payment {
  const payment = findPayment(bank.db, clientId, id)
  if (!payment) throw new Problem('not_found', 'There is no payment with this id.')
  return payment
}
