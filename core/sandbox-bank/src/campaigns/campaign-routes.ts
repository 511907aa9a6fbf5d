import { Type } from 'typebox'
import type { Bank } from '../app/bank.ts'
import { buildDeedSchema, renderDeed } from '../deeds/deed-resource.ts'
import { buildDeedRoutes, getDeed } from '../deeds/deed-routes.ts'
import type { Deed } from '../deeds/deeds.store.ts'
import { buildResourceAnswer, defineActing, type Answer, type Route } from '../routes/define-route.ts'
import { bilingual, clientRef, idParams, money } from '../routes/fields.ts'
import { commitOnce } from '../transport/commit-once.ts'
import { commitIdempotencyRecord } from '../transport/idempotency.store.ts'
import { campaignKind, type CampaignFacts } from './campaign-kind.ts'
import { claimKind, commitClaim, commitKeptClaim } from './claim-kind.ts'
import { commitCampaign } from './commit-campaign.ts'

const campaignBody = Type.Object({
  clientRef,
  name: bilingual,
  total: money,
  count: Type.Integer({ minimum: 1, maximum: 1000 }),
  split: Type.Enum(['equal', 'random', 'fixed']),
  startsAt: Type.Optional(Type.String({ format: 'date-time', description: 'Now if left out.' })),
  endsAt: Type.Optional(Type.String({ format: 'date-time', description: 'A day later if left out.' })),
})

const claimBody = Type.Object({ clientRef, link: Type.String({ minLength: 1, maxLength: 64 }) })

export function buildCampaignRoutes(bank: Bank): Route[] {
  return [
    buildPostCampaign(bank),
    ...buildDeedRoutes(bank, campaignKind),
    buildPostClaim(bank),
    ...buildDeedRoutes(bank, claimKind),
  ]
}

function buildPostCampaign(bank: Bank): Route {
  return defineActing({
    url: '/v1/campaigns',
    id: 'createCampaign',
    summary: "Puts a merchant's money into envelopes. It waits in escrow; what nobody claims goes back.",
    body: campaignBody,
    answers: { 202: buildDeedSchema(campaignKind) },
    problems: ['state_conflict', 'bad_amount', 'bad_currency', 'below_min', 'insufficient_funds'],
    run: ({ client, key, body }) => {
      const deed = commitOnce(bank, { key, status: 202 }, () => commitCampaign(bank, client, body))
      return buildCampaignAnswer(bank, 202, deed)
    },
    replay: (client, id, status) =>
      buildCampaignAnswer(bank, status, getDeed(bank, campaignKind, { clientId: client.id, id })),
  })
}

function buildCampaignAnswer(bank: Bank, status: number, deed: Deed): Answer {
  return buildResourceAnswer(status, renderDeed(bank, campaignKind, deed))
}

function buildPostClaim(bank: Bank): Route {
  return defineActing({
    url: '/v1/campaigns/:id/claims',
    id: 'createClaim',
    summary: 'Opens an envelope: one for each person. 200 is the claim this person has already.',
    params: idParams,
    body: claimBody,
    answers: { 200: buildDeedSchema(claimKind), 202: buildDeedSchema(claimKind) },
    problems: ['not_found', 'state_conflict', 'expired'],
    run: ({ client, key, params, body }) =>
      bank.db.transaction(() => {
        const found = getDeed(bank, campaignKind, { clientId: client.id, id: params.id })
        // The books give back what the kind wrote.
        const campaign = found as Deed<CampaignFacts>
        const { deed, created } = commitClaim(bank, { client, campaign, ...body })
        const status = created ? 202 : 200
        commitIdempotencyRecord(bank.db, key, { status, resourceId: deed.id, at: bank.clock.now() })
        return buildResourceAnswer(status, renderDeed(bank, claimKind, deed))
      }),
    replay: (client, id, status) => {
      // Whoever has opened an account since is paid now, also when the same request comes again.
      const deed = bank.db.transaction(() =>
        commitKeptClaim(bank, client, getDeed(bank, claimKind, { clientId: client.id, id })),
      )
      return buildResourceAnswer(status, renderDeed(bank, claimKind, deed))
    },
  })
}
