import { Type } from 'typebox'
import type { Bank } from '../app/bank.ts'
import { buildSubmitted } from '../deeds/commit-routes.ts'
import { buildDeedSchema } from '../deeds/deed-resource.ts'
import { buildDeedRoutes, getDeed } from '../deeds/deed-routes.ts'
import type { Deed } from '../deeds/deeds.store.ts'
import { defineActing, type Route } from '../routes/define-route.ts'
import { clientRef, idParams, money } from '../routes/fields.ts'
import { commitOnce } from '../transport/commit-once.ts'
import { commitGroupRefund } from './commit-group-refund.ts'
import { groupKind, type GroupDeedFacts } from './group-kind.ts'
import { groupRefund } from './group-refund.ts'

const refundBody = Type.Object({
  clientRef,
  amount: money,
  payee: Type.Optional(Type.Object({ id: Type.String({ minLength: 1, maxLength: 64 }) })),
})

export function buildGroupRefundRoutes(bank: Bank): Route[] {
  return [buildPost(bank), ...buildDeedRoutes(bank, groupRefund)]
}

function buildPost(bank: Bank): Route {
  return defineActing({
    url: '/v1/groups/:id/refunds',
    id: 'createGroupRefund',
    summary: 'Gives back a part of what one merchant of a group was paid: money first, then points.',
    params: idParams,
    body: refundBody,
    answers: { 202: buildDeedSchema(groupRefund) },
    problems: [
      ...(['not_found', 'state_conflict', 'bad_amount', 'bad_currency', 'below_min', 'above_max'] as const),
      ...(['payee_mismatch', 'insufficient_funds'] as const),
    ],
    run: ({ client, key, params, body }) => {
      const deed = commitOnce(bank, { key, status: 202 }, () => {
        // The books give back what the kind wrote.
        const group = getDeed(bank, groupKind, { clientId: client.id, id: params.id }) as Deed<GroupDeedFacts>
        return commitGroupRefund(bank, { client, group }, body)
      })
      return buildSubmitted(bank, groupRefund, { status: 202, deed })
    },
    replay: (client, id, status) => {
      const deed = getDeed(bank, groupRefund, { clientId: client.id, id })
      return buildSubmitted(bank, groupRefund, { status, deed })
    },
  })
}
