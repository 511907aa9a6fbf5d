import { Type } from 'typebox'
import { commitCounted } from '../app/limits.ts'
import type { Bank } from '../app/bank.ts'
import { getLinked, type CustomerLink } from '../customers/get-linked.ts'
import {
  commitLinkCard,
  commitLinkCardRemoval,
  findUnboundCard,
  listMethodsOfLink,
} from '../customers/link-cards.store.ts'
import { commitLinkVersion } from '../customers/links.store.ts'
import { commitEvent } from '../events/commit-event.ts'
import { commitOnce } from '../transport/commit-once.ts'
import { Problem } from '../transport/problem.ts'
import { buildResourceAnswer, defineActing, defineReading, type Answer, type Route } from './define-route.ts'
import { idParams } from './fields.ts'
import { getLink, linkSchema, renderLink } from './links.ts'

const bindingsADay = 5
const dayMs = 24 * 3_600_000

/** What a user may change in what a link shows: the default, and the cards bound to it. */
export function buildLinkChangeRoutes(bank: Bank): Route[] {
  return [buildDefault(bank), buildBinding(bank), buildUnbinding(bank)]
}

function buildDefault(bank: Bank): Route {
  return defineActing({
    url: '/v1/links/:id/default',
    id: 'chooseDefault',
    summary: 'Chooses what this user pays with unless told otherwise: it is the first of the methods from now on.',
    params: idParams,
    body: Type.Object({ method: Type.String({ minLength: 1, maxLength: 64 }) }),
    answers: { 200: linkSchema },
    problems: ['not_found', 'state_conflict', 'payer_mismatch'],
    run: ({ client, key, params, body }) => {
      const after = commitOnce(bank, { key, status: 200 }, () => {
        const link = getLinked(bank, client.id, params.id)
        if (!listMethodsOfLink(bank.db, link).some(({ id }) => id === body.method)) {
          throw new Problem('payer_mismatch', 'method is none of this link: read GET /v1/links/{id}/methods.')
        }
        return commitShown(bank, { link, defaultAccountId: body.method })
      })
      return buildAnswer(bank, after)
    },
    replay: (client, id) => buildAnswer(bank, getLink(bank, client.id, id)),
  })
}

function buildBinding(bank: Bank): Route {
  return defineActing({
    url: '/v1/links/:id/cards',
    id: 'bindCard',
    summary: 'Shows one more card of the same customer among the methods, named by its last four digits.',
    params: idParams,
    body: Type.Object({ last4: Type.String({ pattern: '^[0-9]{4}$' }) }),
    answers: { 200: linkSchema },
    problems: ['not_found', 'state_conflict', 'rate_limited'],
    run: ({ client, key, params, body }) => {
      const link = getLinked(bank, client.id, params.id)
      // Counted also when it comes to nothing, and before: four digits are soon tried out.
      countBinding(bank, link)
      const after = commitOnce(bank, { key, status: 200 }, () => {
        const card = findUnboundCard(bank, link, `****${body.last4}`)
        if (!card) throw new Problem('not_found', 'This customer has no card with these digits that is not bound yet.')
        commitLinkCard(bank.db, link.id, card.id)
        const { defaultAccountId } = link
        return commitShown(bank, { link, ...(defaultAccountId === undefined ? {} : { defaultAccountId }) })
      })
      return buildAnswer(bank, after)
    },
    replay: (client, id) => buildAnswer(bank, getLink(bank, client.id, id)),
  })
}

function countBinding(bank: Bank, link: CustomerLink): void {
  const subject = `binding ${link.customerId}`
  const detail = `A customer may try to bind ${bindingsADay} cards a day: try again tomorrow.`
  const sinceMs = bank.clock.now() - dayMs
  commitCounted(bank, { subject, most: bindingsADay, sinceMs, freeAfterMs: dayMs, detail })
}

function buildUnbinding(bank: Bank): Route {
  return defineReading({
    method: 'DELETE',
    url: '/v1/links/:id/cards/:card',
    id: 'unbindCard',
    summary: 'Takes a bound card off the methods again.',
    params: Type.Object({ ...idParams.properties, card: Type.String() }),
    answers: { 204: null },
    problems: ['not_found', 'state_conflict'],
    run: ({ client, params }) => {
      bank.db.transaction(() => {
        const link = getLink(bank, client.id, params.id)
        if (!commitLinkCardRemoval(bank.db, link.id, params.card)) {
          if (listMethodsOfLink(bank.db, link).some(({ id }) => id === params.card)) {
            throw new Problem('state_conflict', 'This card belongs to the link itself and cannot be taken off.')
          }
          throw new Problem('not_found', 'No card with this id is bound to the link.')
        }
        const { defaultAccountId } = link
        const kept = defaultAccountId === params.card ? undefined : defaultAccountId
        commitShown(bank, { link, ...(kept === undefined ? {} : { defaultAccountId: kept }) })
      })
      return { status: 204 }
    },
  })
}

interface Change {
  readonly link: Parameters<typeof commitLinkVersion>[1]
  readonly defaultAccountId?: string
}

function commitShown(bank: Bank, { link, defaultAccountId }: Change): Change['link'] {
  const at = bank.clock.now()
  const after = commitLinkVersion(bank, link, { at, ...(defaultAccountId === undefined ? {} : { defaultAccountId }) })
  commitEvent(bank, `link.${after.state}`, { ...after, updatedAt: at })
  return after
}

function buildAnswer(bank: Bank, link: Change['link']): Answer {
  return buildResourceAnswer(200, renderLink(bank, link))
}
