import { Type } from 'typebox'
import type { Bank } from '../app/bank.ts'
import { addDays, addMonths, findDay } from '../credit/calendar.ts'
import { renderYuan } from '../credit/words.ts'
import { getCustomerName } from '../customers/customers.store.ts'
import { findDeed } from '../deeds/deeds.store.ts'
import { defineQuote, type QuoteDesk } from '../quotes/quote-routes.ts'
import { dayText, term, text, type Term, type Text } from '../quotes/terms.ts'
import { findMood } from '../sandbox/moods.ts'
import { bilingual } from '../routes/fields.ts'
import { Problem } from '../transport/problem.ts'
import { maskName } from '../vault/mask.ts'
import { findInsuranceProduct, nameInsurer, type InsuranceProduct } from './insurance-products.ts'
import type { Policy, PolicyFacts } from './policy-facts.ts'

const day = Type.String({ format: 'date' })
const word = Type.String({ minLength: 1, maxLength: 64 })

/** Who is insured for what, what is left out, and what it costs: a new policy, or last year's again. */
export const policyQuotes = defineQuote({
  kind: 'policy-quote',
  prefix: 'iqt',
  url: '/v1/policies/quotes',
  name: 'PolicyQuote',
  summary: 'The premium of a new policy, or of the next year of one that runs out.',
  body: Type.Object({ product: Type.Optional(word), policy: Type.Optional(word) }),
  view: Type.Object({
    product: Type.String(),
    name: bilingual,
    insured: Type.String({ description: 'Masked.' }),
    from: day,
    to: day,
    declaration: bilingual,
    renews: Type.Optional(Type.String()),
  }),
  lifeMs: 24 * 3_600_000,
  problems: ['duplicate_business'],
  draw: (desk, { product: id, policy }) => {
    const old = policy === undefined ? undefined : getRenewable(desk, policy)
    const product = findInsuranceProduct(old?.facts.product ?? id ?? '')
    if (!product) throw new Problem('not_found', 'There is no such insurance: GET /v1/capabilities lists the products.')
    const today = findDay(desk.now, desk.bank.terms.zone)
    const from = old ? old.facts.to : addDays(today, 1)
    const facts: PolicyFacts = {
      ...{ product: product.id, from, to: addMonths(from, product.months) },
      ...(old ? { renews: old.id } : {}),
    }
    const insured = maskName(getCustomerName(desk.bank, desk.link.customerId))
    const { name, declaration } = product
    const premiumMinor = readPremiumMinor(desk.bank, product)
    return {
      ...{
        amountMinor: premiumMinor,
        payee: nameInsurer(desk.link.locale),
        terms: buildRows({ ...product, premiumMinor }, { insured, facts }),
        facts,
      },
      view: { ...facts, name, insured, declaration },
    }
  },
})

/** Premiums change from one year to the next, which the sandbox is told by a mood. */
function readPremiumMinor(bank: Bank, { id, premiumMinor }: InsuranceProduct): bigint {
  const told = findMood(bank.db, `insurer:${id}:premium`)
  return told !== undefined && /^[1-9][0-9]{0,8}$/.test(told) ? BigInt(told) : premiumMinor
}

function getRenewable({ bank, client, link }: QuoteDesk, id: string): Policy {
  const policy = findDeed(bank, { clientId: client.id, kind: 'policy', id }) as Policy | undefined
  if (policy?.linkId !== link.id) throw new Problem('not_found', 'There is no policy with this id.')
  if (policy.state !== 'in_force') throw new Problem('state_conflict', `The policy is ${policy.state}.`)
  if (policy.facts.renewedBy === undefined) return policy
  const instance = `/v1/policies/${policy.facts.renewedBy}`
  throw new Problem('duplicate_business', { detail: 'The policy has been renewed already.', instance })
}

function buildPeriod({ from, to }: PolicyFacts): Text {
  const [first, last] = [dayText(from), dayText(to)]
  return text(`${first['zh-CN']} – ${last['zh-CN']}`, `${first.en} – ${last.en}`)
}

function buildRows(product: InsuranceProduct, { insured, facts }: { insured: string; facts: PolicyFacts }): Term[] {
  const days = product.coolingOffDays
  return [
    term('product', text('险种', 'Insurance'), product.name),
    term('insured', text('被保险人', 'Insured'), insured),
    term('cover', text('保障', 'Cover'), product.cover),
    term('exclusions', text('责任免除', 'Not covered'), product.exclusions),
    term('period', text('保险期间', 'Period'), buildPeriod(facts)),
    term('premium', text('保费', 'Premium'), renderYuan(product.premiumMinor)),
    term('declaration', text('投保声明', 'Declaration'), product.declaration),
    term(
      'coolingOff',
      text('犹豫期', 'Cooling off'),
      days > 0 ? text(`${days} 天内可全额退保`, `${days} days, everything back`) : text('无', 'none'),
    ),
  ]
}
