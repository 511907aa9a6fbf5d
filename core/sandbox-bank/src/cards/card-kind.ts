import { Type, type TObject } from 'typebox'
import type { Bank } from '../app/bank.ts'
import { commitApplicationState, readOffer } from '../applications/after-offer.ts'
import { commitDeed } from '../deeds/change-deed.ts'
import { buildStateProblem } from '../deeds/deed-routes.ts'
import { defineCommit } from '../deeds/deed-kind.ts'
import { findDeedRow, type Deed } from '../deeds/deeds.store.ts'
import { commitAccount, getAccount } from '../ledger/accounts.store.ts'
import { cny } from '../loans/loan-kind.ts'
import { findCardProduct, type CardProduct } from '../products/card-products.ts'
import { commitDraft } from '../quotes/quote-routes.ts'
import { buildQuoteSchema, renderQuote } from '../quotes/quote-resource.ts'
import { findQuote, type Quote } from '../quotes/quotes.store.ts'
import { term, text } from '../quotes/terms.ts'
import { bilingual, money } from '../routes/fields.ts'
import { buildBillChange, cardBills, findBillId } from './card-bill.ts'

const activationLifeMs = 30 * 24 * 3_600_000

export interface CardFacts {
  readonly application: string
  readonly product: string
  /** The account behind it: its balance is what is owed, below zero. */
  readonly account: string
  readonly limit: string
  /** The quote by which it is activated. */
  readonly activation: string
}

export type Card = Deed<CardFacts>

/** A credit card: signed for, issued at once as a virtual one, and good for paying once it is activated. */
export const cards = defineCommit<CardFacts, TObject>({
  thing: 'card',
  prefix: 'crd',
  url: '/v1/cards',
  postUrl: '/v1/offers/:id/sign',
  listed: true,
  name: 'Card',
  states: ['card_issued', 'activated', 'expired', 'failed'],
  outcomes: { card_issued: 'none', activated: 'none', expired: 'none', failed: 'none' },
  view: Type.Object({
    application: Type.Optional(Type.String()),
    product: Type.Optional(Type.String()),
    name: Type.Optional(bilingual),
    method: Type.Optional(Type.String({ description: 'Its id among the methods of the link.' })),
    mask: Type.Optional(Type.String()),
    limit: Type.Optional(money),
    owed: Type.Optional(money),
    activation: Type.Optional(buildQuoteSchema(Type.Object({}))),
  }),
  render: renderCard,
  summary: 'Signs for the card of an offer: it is issued at once, and has to be activated.',
  ops: ['card'],
  body: Type.Object({}),
  problems: [],
  begin: ({ bank, client, link, id, at, quote, now }) => {
    const { application, product: name, limit = '0' } = readOffer(quote, { at, type: 'card' })
    const product = getCardProduct(name)
    const account = bank.vault.idOf('acc', 'card', id)
    const mask = `****${bank.vault.codeOf(id).slice(0, 4)}`
    const owner = { customerId: link.customerId, mask }
    commitAccount(bank.db, { id: account, kind: 'card', ...owner, state: 'inactive', limitMinor: BigInt(limit) })
    const activation = commitActivation(bank, { clientId: client.id, linkId: link.id, card: id, product, mask })
    commitApplicationState(bank, application, 'contract_signed')
    commitApplicationState(bank, application, 'card_issued')
    const facts = { application, product: name, account, limit, activation: activation.id }
    return { state: 'card_issued', facts, parentId: application, dueAt: now + activationLifeMs }
  },
  step: () => ({ state: 'expired' }),
  controls: { bill: issueBill },
})

export function getCardProduct(id: string): CardProduct {
  const product = findCardProduct(id)
  if (!product) throw new Error('a card of a product that there is not')
  return product
}

interface Activation {
  readonly clientId: string
  readonly linkId: string
  readonly card: string
  readonly product: CardProduct
  readonly mask: string
}

/** What the customer confirms when the card is in their hands. */
function commitActivation(bank: Bank, { clientId, linkId, card, product, mask }: Activation): Quote {
  const terms = [term('product', text('产品', 'Product'), product.name), term('card', text('卡片', 'Card'), mask)]
  const draft = { terms, view: { kind: 'activation', card }, facts: { card } }
  return commitDraft(bank, draft, { kind: 'activation', prefix: 'act', lifeMs: activationLifeMs, clientId, linkId })
}

/** A month of the card is over: what is owed becomes a bill. For the sandbox. */
function issueBill(bank: Bank, card: Card): { state: string } {
  const { facts, clientId, linkId, customerId, id, state } = card
  const owedMinor = -getAccount(bank.db, facts.account).balanceMinor
  if (state !== 'activated' || owedMinor <= 0n) throw buildStateProblem('card', card)
  const bill = findBillId(bank, id)
  if (findDeedRow(bank, bill)) throw buildStateProblem('bill of today', card)
  commitDeed(bank, cardBills, {
    ...{ id: bill, clientId, parentId: id, createdAt: bank.clock.now() },
    ...(linkId === undefined ? {} : { linkId }),
    ...(customerId === undefined ? {} : { customerId }),
    ...buildBillChange(bank, { card: id, account: facts.account, owedMinor }),
  })
  return { state }
}

function renderCard(bank: Bank, { facts, state, clientId }: Card): object {
  const { application, product, account: id } = facts
  if (id === undefined) return {}
  const account = getAccount(bank.db, id)
  const activation = findQuote(bank, clientId, facts.activation)
  const owedMinor = account.balanceMinor < 0n ? -account.balanceMinor : 0n
  return {
    ...{ application, product, name: getCardProduct(product).name, method: id, mask: account.mask ?? '' },
    ...{ limit: cny(account.limitMinor), owed: cny(owedMinor) },
    ...(activation && state === 'card_issued' ? { activation: renderQuote({ ...activation, view: {} }) } : {}),
  }
}
