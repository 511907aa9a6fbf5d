import { Type } from 'typebox'
import type { Bank } from '../app/bank.ts'
import { getLinked } from '../customers/get-linked.ts'
import { cny } from '../loans/loan-kind.ts'
import { defineReading, type Route } from '../routes/define-route.ts'
import { bilingual, money } from '../routes/fields.ts'
import { buildAssessmentRoutes, findProfile, isSuitable } from './assessment.ts'
import { buildValue, listHoldings, renderUnits } from './holdings.ts'
import { cutOffHour, risks, wealthProducts, type WealthProduct } from './wealth-products.ts'

const productSchema = Type.Object({
  id: Type.String(),
  version: Type.Integer(),
  name: bilingual,
  risk: Type.Enum([...risks]),
  term: bilingual,
  benchmark: bilingual,
  min: money,
  step: money,
  nav: Type.String(),
  cutOffHour: Type.Integer(),
  suitable: Type.Optional(Type.Boolean({ description: "By the customer's valid assessment; absent without one." })),
})

const holdingSchema = Type.Object({
  product: Type.String(),
  name: bilingual,
  units: Type.String(),
  free: Type.String({ description: 'Units that are not on their way out.' }),
  value: money,
})

const linkQuery = Type.Object({ link: Type.String({ minLength: 1, maxLength: 64 }) })

export function buildWealthRoutes(bank: Bank): Route[] {
  return [buildProducts(bank), buildHoldings(bank), ...buildAssessmentRoutes(bank)]
}

function buildProducts(bank: Bank): Route {
  return defineReading({
    method: 'GET',
    url: '/v1/wealth/products',
    id: 'listWealthProducts',
    summary: 'What there is to buy, and whether it suits the customer.',
    query: linkQuery,
    answers: { 200: Type.Object({ items: Type.Array(productSchema) }) },
    problems: ['malformed', 'not_found', 'state_conflict'],
    run: ({ client, query }) => {
      const profile = findProfile(bank, getLinked(bank, client.id, query.link).customerId)
      const items = wealthProducts.map((product) => ({
        ...renderProduct(product),
        ...(profile ? { suitable: isSuitable(profile, product.risk) } : {}),
      }))
      return { status: 200, body: { items } }
    },
  })
}

function renderProduct({ id, version, name, risk, term, benchmark, minMinor, stepMinor, nav }: WealthProduct): object {
  return { id, version, name, risk, term, benchmark, min: cny(minMinor), step: cny(stepMinor), nav, cutOffHour }
}

function buildHoldings(bank: Bank): Route {
  return defineReading({
    method: 'GET',
    url: '/v1/wealth/holdings',
    id: 'listHoldings',
    summary: 'What the customer holds, at the price at which it is paid back today.',
    query: linkQuery,
    answers: { 200: Type.Object({ items: Type.Array(holdingSchema) }) },
    problems: ['malformed', 'not_found', 'state_conflict'],
    run: ({ client, query }) => {
      const { customerId } = getLinked(bank, client.id, query.link)
      const items = listHoldings(bank, customerId).map(({ product, units, free }) => ({
        ...{ product: product.id, name: product.name, units: renderUnits(units), free: renderUnits(free) },
        value: cny(buildValue(units, product.redemptionNav)),
      }))
      return { status: 200, body: { items } }
    },
  })
}
