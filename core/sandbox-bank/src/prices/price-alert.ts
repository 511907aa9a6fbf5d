import { Type } from 'typebox'
import type { Bank } from '../app/bank.ts'
import { startOfDay } from '../app/business-day.ts'
import { defineAction, defineDeed, type DeedChange } from '../deeds/deed-kind.ts'
import { buildStateProblem } from '../deeds/deed-routes.ts'
import type { Deed } from '../deeds/deeds.store.ts'
import { buildOpenedRoutes } from '../deeds/opening-routes.ts'
import { listDeedsOfLink } from '../deeds/deeds.store.ts'
import { defineReading, type Route } from '../routes/define-route.ts'
import { bilingual } from '../routes/fields.ts'
import { Problem } from '../transport/problem.ts'
import { countPrice, findPriced, listPrices, priceDigits } from './price-list.ts'

interface Facts {
  readonly product: string
  readonly direction: 'above' | 'below'
  readonly price: string
  /** The price is there already: it has to come back before it can cross again. */
  readonly beyond: boolean
  /** What it was when it crossed last. */
  readonly seen?: string
  readonly endsAt: number
}

type Alert = Deed<Facts>

const hourMs = 3_600_000
const lookMs = 60_000
const lifeMs = 90 * 24 * hourMs
const mostOfLink = 10
const price = Type.String({ pattern: priceDigits })
const direction = Type.Enum(['above', 'below'])

/** A customer wants to hear of a price: once each time it crosses what they have set, and not at night. */
export const priceAlerts = defineDeed<Facts>({
  thing: 'price_alert',
  prefix: 'pra',
  url: '/v1/price-alerts',
  name: 'PriceAlert',
  states: ['watching', 'withdrawn', 'expired'],
  outcomes: { watching: 'none', withdrawn: 'none', expired: 'none' },
  view: Type.Object({
    product: Type.String(),
    name: bilingual,
    direction,
    price,
    seen: Type.Optional(Type.String({ description: 'The price when it crossed last.' })),
  }),
  render: (bank, { facts: { product, direction: way, price: set, seen } }) => ({
    ...{ product, direction: way, price: set, name: findPriced(bank, product)?.name },
    ...(seen === undefined ? {} : { seen }),
  }),
  step: look,
  actions: {
    withdraw: defineAction({
      summary: 'The customer does not want to hear of it any more.',
      body: Type.Object({}),
      problems: ['state_conflict'],
      run: (_bank, alert) => {
        if (alert.state !== 'watching') throw buildStateProblem('price alert', alert)
        return { state: 'withdrawn' }
      },
    }),
  },
})

/** What came to be while people sleep is looked at in the morning: what is over by then is told to nobody. */
function look(bank: Bank, { facts }: Alert): DeedChange<Facts> {
  const now = bank.clock.now()
  if (now >= facts.endsAt) return { state: 'expired' }
  const morning = findMorning(now)
  if (morning !== undefined) return { dueAt: morning }
  const current = findPriced(bank, facts.product)?.price ?? facts.price
  const beyond = isBeyond(facts, current)
  const dueAt = now + lookMs
  if (beyond === facts.beyond) return { dueAt }
  if (!beyond) return { facts: { ...facts, beyond }, event: 'noted', dueAt }
  return { facts: { ...facts, beyond, seen: current }, event: 'crossed', dueAt }
}

/** Between ten in the evening and eight: when it is eight. */
function findMorning(now: number): number | undefined {
  const midnight = startOfDay(now)
  const hour = (now - midnight) / hourMs
  if (hour < 8) return midnight + 8 * hourMs
  return hour >= 22 ? midnight + 32 * hourMs : undefined
}

function isBeyond({ direction: way, price: set }: Pick<Facts, 'direction' | 'price'>, current: string): boolean {
  const [now, wanted] = [countPrice(current), countPrice(set)]
  return way === 'above' ? now >= wanted : now <= wanted
}

export function buildPriceRoutes(bank: Bank): Route[] {
  return [
    defineReading({
      method: 'GET',
      url: '/v1/prices',
      id: 'listPrices',
      summary: 'What is priced, as of now.',
      answers: { 200: Type.Object({ items: Type.Array(Type.Object({ id: Type.String(), name: bilingual, price })) }) },
      problems: [],
      run: () => ({ status: 200, body: { items: listPrices(bank) } }),
    }),
    ...buildOpenedRoutes(bank, {
      kind: priceAlerts,
      summary: 'Watches a price. The event price_alert.crossed tells of each crossing, once.',
      body: Type.Object({ product: Type.String({ minLength: 1, maxLength: 64 }), direction, price }),
      problems: ['above_max'],
      open: ({ link, now }, wish) => {
        const current = findPriced(bank, wish.product)
        if (!current) throw new Problem('not_found', 'There is no such price: GET /v1/prices lists them.')
        const mine = listDeedsOfLink(bank, { linkId: link.id, kind: priceAlerts.thing, limit: 50 })
        if (mine.filter(({ state }) => state === 'watching').length >= mostOfLink) {
          throw new Problem('above_max', `No more than ${mostOfLink} prices are watched for one customer.`)
        }
        const way = wish.direction === 'above' ? 'above' : 'below'
        const set = { product: wish.product, direction: way, price: wish.price } as const
        const facts: Facts = { ...set, beyond: isBeyond(set, current.price), endsAt: now + lifeMs }
        return { state: 'watching', facts, dueAt: now + lookMs }
      },
    }),
  ]
}
