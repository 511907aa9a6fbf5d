import { Type, type TObject } from 'typebox'
import type { Bank } from '../app/bank.ts'
import { defineAction, defineCommit, type DeedChange } from '../deeds/deed-kind.ts'
import { buildStateProblem } from '../deeds/deed-routes.ts'
import type { Deed } from '../deeds/deeds.store.ts'
import { getAccount } from '../ledger/accounts.store.ts'
import { commitPending } from '../ledger/transfers.store.ts'
import { cny } from '../loans/loan-kind.ts'
import { commitHeld, commitLines, ensureAccount, giveBackHeld, holdMoney, sides } from '../products/money.ts'
import { money } from '../routes/fields.ts'
import { Problem } from '../transport/problem.ts'
import { assetOf, buildUnits, buildValue, ensureUnitAccounts, renderUnits } from './holdings.ts'
import type { WealthFacts } from './wealth-quote.ts'
import { findWealthProduct, type WealthProduct } from './wealth-products.ts'
import { findConfirmMs } from './working-days.ts'

export type WealthOrder = Deed<WealthFacts & { readonly account: string }>
type Change = DeedChange<WealthOrder['facts']>

const states = [
  ...(['submitted', 'accepted', 'confirmed', 'partly_confirmed', 'paid', 'rejected', 'cancelled', 'failed'] as const),
]

/** Buying or selling: taken at once, held until the cut-off, confirmed a working day later (P15). */
export const wealthOrders = defineCommit<WealthOrder['facts'], TObject>({
  thing: 'wealth_order',
  prefix: 'wor',
  url: '/v1/wealth/orders',
  listed: true,
  name: 'WealthOrder',
  states,
  outcomes: {
    confirmed: 'done',
    partly_confirmed: 'done',
    paid: 'done',
    rejected: 'none',
    cancelled: 'none',
    failed: 'none',
  },
  view: Type.Object({
    product: Type.Optional(Type.String()),
    side: Type.Optional(Type.Enum(['subscribe', 'redeem'])),
    units: Type.Optional(Type.String()),
    value: Type.Optional(money),
    tradeOn: Type.Optional(Type.String({ format: 'date' })),
    confirmOn: Type.Optional(Type.String({ format: 'date' })),
  }),
  render: (_bank, { facts: { product, side, units, value, tradeOn, confirmOn } }) =>
    product === undefined
      ? {}
      : { product, side, units: renderUnits(BigInt(units)), value: cny(BigInt(value)), tradeOn, confirmOn },
  summary: 'Buys or sells what a quote discloses.',
  ops: ['wealth'],
  body: Type.Object({}),
  problems: ['insufficient_funds', 'account_frozen'],
  begin: ({ bank, link, id, clientRef, amountMinor, account, quote, now }) => {
    const facts = quote?.facts as WealthFacts
    if (quote?.kind !== 'wealth-quote') throw new Problem('not_found', 'The confirmed quote is of no wealth product.')
    const dueAt = now + bank.terms.settleDelayMs
    if (facts.side === 'redeem') {
      return {
        state: 'submitted',
        facts: { ...facts, account: holdUnits(bank, id, { facts, link, clientRef }) },
        dueAt,
      }
    }
    if (account?.kind !== 'customer') throw new Problem('payer_mismatch', 'Wealth products are paid from an account.')
    const to = ensureAccount(bank, sides.wealth)
    const refusal = holdMoney(bank, id, { from: account.id, to, amountMinor, clientRef })
    const kept = { ...facts, account: account.id }
    return refusal ? { state: 'failed', facts: kept, refusal } : { state: 'submitted', facts: kept, dueAt }
  },
  step: (bank, order) => (order.state === 'submitted' ? accept(order) : confirm(bank, order)),
  controls: {
    partly: (bank, order) => {
      assertOpen(order)
      if (order.facts.side === 'redeem') throw buildStateProblem('order to sell', order)
      return confirm(bank, order, (order.amountMinor ?? 0n) / 2n)
    },
    reject: (bank, order) => {
      assertOpen(order)
      giveBackHeld(bank, order)
      return { state: 'rejected', facts: order.facts, failureCode: 'suitability_mismatch' }
    },
  },
  actions: {
    cancel: defineAction({
      summary: 'Takes the order back before the cut-off of its day.',
      body: Type.Object({}),
      problems: ['state_conflict'],
      run: (bank, deed) => {
        const order = deed as WealthOrder
        assertOpen(order)
        if (bank.clock.now() >= order.facts.cutOffMs) throw buildStateProblem('order past its cut-off', order)
        giveBackHeld(bank, order)
        return { state: 'cancelled', facts: order.facts }
      },
    }),
  },
})

function assertOpen(order: Deed): void {
  if (order.state !== 'submitted' && order.state !== 'accepted') throw buildStateProblem('order', order, 'done')
}

function accept({ facts }: WealthOrder): Change {
  return { state: 'accepted', facts, dueAt: findConfirmMs(facts.confirmOn) }
}

function getProduct(id: string): WealthProduct {
  const product = findWealthProduct(id)
  if (!product) throw new Error('an order of a product that there is not')
  return product
}

interface Redeeming {
  readonly facts: WealthFacts
  readonly link: { readonly customerId: string }
  readonly clientRef: string
}

/** Reserves the units; the account that the money will come to is given back. */
function holdUnits(bank: Bank, id: string, { facts, link, clientRef }: Redeeming): string {
  const product = getProduct(facts.product)
  const { own, issued } = ensureUnitAccounts(bank, product, link.customerId)
  const movement = { dr: issued, cr: own, amountMinor: BigInt(facts.units), currency: assetOf(product) }
  const names = { id: bank.vault.idOf('trf', id, 'pending'), paymentId: id, clientRef, at: bank.clock.now() }
  if (!commitPending(bank.db, { ...names, ...movement })) {
    throw new Problem('state_conflict', 'The units are not there any more: ask for a new quote.')
  }
  return findPreferred(bank, link.customerId)
}

function findPreferred(bank: Bank, customerId: string): string {
  const select =
    `select id from accounts where customer_id = ? and kind = 'customer' ` + 'order by preferred desc, id limit 1'
  const id = bank.db.find(select, customerId)?.['id']
  if (typeof id !== 'string') throw new Error('a customer has no account')
  return id
}

/** Units for all of the money, or for a part of it: the rest is free again. */
function confirm(bank: Bank, order: WealthOrder, part = order.amountMinor): Change {
  const { facts, customerId = '' } = order
  const product = getProduct(facts.product)
  if (!commitHeld(bank, order, facts.side === 'redeem' ? undefined : part))
    return { state: 'rejected', facts, failureCode: 'account_frozen' }
  const { own, issued } = ensureUnitAccounts(bank, product, customerId)
  if (facts.side === 'redeem') {
    const valueMinor = buildValue(BigInt(facts.units), product.redemptionNav)
    const from = ensureAccount(bank, sides.wealth)
    commitLines(bank, order, [
      { part: 'paid', dr: getAccount(bank.db, facts.account).id, cr: from, amountMinor: valueMinor },
    ])
    return { state: 'paid', facts: { ...facts, value: valueMinor.toString() } }
  }
  const units = buildUnits(part ?? 0n, product.nav)
  commitLines(bank, order, [{ part: 'units', dr: own, cr: issued, amountMinor: units, currency: assetOf(product) }])
  const state = part === order.amountMinor ? 'confirmed' : 'partly_confirmed'
  return { state, facts: { ...facts, units: units.toString() } }
}
