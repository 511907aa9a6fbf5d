import { Type, type TObject } from 'typebox'
import type { Bank } from '../app/bank.ts'
import { commitDeed, commitDeedChange } from '../deeds/change-deed.ts'
import { defineAction, defineCommit, defineDeed } from '../deeds/deed-kind.ts'
import { buildStateProblem, getDeed } from '../deeds/deed-routes.ts'
import { findDeedRow } from '../deeds/deeds.store.ts'
import { commitAccountState } from '../ledger/accounts.store.ts'
import { commitApplicationState } from '../applications/after-offer.ts'
import { getCardProduct } from './card-kind.ts'
import { findMood } from '../sandbox/moods.ts'
import { bilingual } from '../routes/fields.ts'
import { Problem } from '../transport/problem.ts'
import type { Text } from '../quotes/terms.ts'
import { cards, type Card } from './card-kind.ts'

interface Facts {
  readonly card: string
}

/** The card is in the customer's hands: from now on it pays, and the welcome gift is there to be taken. */
export const cardActivations = defineCommit<Facts, TObject>({
  thing: 'card_activation',
  prefix: 'cac',
  url: '/v1/card-activations',
  postUrl: '/v1/cards/:id/activate',
  name: 'CardActivation',
  states: ['succeeded', 'failed'],
  outcomes: { succeeded: 'none', failed: 'none' },
  view: Type.Object({ card: Type.Optional(Type.String()) }),
  render: (_bank, { facts }) => facts,
  summary: 'Activates a card with what the customer confirmed for it.',
  ops: ['activation'],
  body: Type.Object({}),
  problems: [],
  begin: ({ bank, client, at = '', quote }) => {
    const card = getDeed(bank, cards, { clientId: client.id, id: at }) as Card
    if (card.state !== 'card_issued' || quote?.id !== card.facts.activation) throw buildStateProblem('card', card)
    commitAccountState(bank.db, card.facts.account, 'open')
    commitDeedChange(bank, cards, { deed: card, change: { state: 'activated' } })
    commitApplicationState(bank, card.facts.application, 'activated')
    offerGift(bank, card)
    return { state: 'succeeded', facts: { card: card.id }, parentId: card.id }
  },
})

interface GiftFacts {
  readonly campaign: string
  readonly title: Text
  readonly card: string
  readonly voucher?: string
}

const campaign = 'new-card'
const giftLifeMs = 30 * 24 * 3_600_000

/** One for each customer, whatever cards and numbers they have. */
export const gifts = defineDeed<GiftFacts>({
  thing: 'gift',
  prefix: 'gft',
  url: '/v1/gifts',
  name: 'Gift',
  states: ['offered', 'claimed', 'out_of_stock', 'expired'],
  outcomes: { offered: 'none', claimed: 'done', out_of_stock: 'none', expired: 'none' },
  view: Type.Object({
    campaign: Type.String(),
    title: bilingual,
    card: Type.String(),
    voucher: Type.Optional(Type.String({ description: 'Once it is claimed.' })),
  }),
  render: (_bank, { facts }) => facts,
  step: (_bank, { state }) => ({ state: state === 'offered' ? 'expired' : state }),
  actions: {
    claim: defineAction({
      summary: 'Takes the gift. Whoever taps twice has the same one.',
      body: Type.Object({}),
      problems: ['state_conflict'],
      run: (bank, gift) => {
        const facts = gift.facts as GiftFacts
        if (gift.state === 'claimed') return { state: 'claimed', facts }
        if (gift.state !== 'offered') throw new Problem('state_conflict', `The gift is ${gift.state}.`)
        const voucher = `CF${bank.vault.codeOf(gift.id)}`
        return { state: 'claimed', facts: { ...facts, voucher } }
      },
    }),
  },
  controls: { 'out-of-stock': () => ({ state: 'out_of_stock' }) },
})

function offerGift(bank: Bank, card: Card): void {
  const { clientId, linkId, customerId = '' } = card
  const id = bank.vault.idOf('gft', campaign, customerId)
  if (findDeedRow(bank, id)) return
  const now = bank.clock.now()
  const empty = findMood(bank.db, `gift:${campaign}`) === 'out-of-stock'
  commitDeed(bank, gifts, {
    ...{ id, clientId, customerId, parentId: card.id, createdAt: now, dueAt: now + giftLifeMs },
    ...(linkId === undefined ? {} : { linkId }),
    state: empty ? 'out_of_stock' : 'offered',
    facts: { campaign, title: getCardProduct(card.facts.product).gift, card: card.id },
  })
}
