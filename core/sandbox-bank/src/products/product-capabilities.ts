import { Type, type Static } from 'typebox'
import type { Bank } from '../app/bank.ts'
import { refundFees } from '../credit/shrink-plan.ts'
import { sha256Hex } from '../signing/digest.ts'
import { bilingual, money } from '../routes/fields.ts'
import { termSchema } from '../quotes/quote-resource.ts'
import { buildCardRows } from './build-card-rows.ts'
import { cardProducts, instalmentProducts } from './card-products.ts'
import { consentTexts } from './consent-texts.ts'
import { insuranceProducts } from '../insurance/insurance-products.ts'
import { loanProducts } from './loan-products.ts'

const text = Type.String()

/** What capabilities say of the products: figures as data, so that a scene can show them before anybody applies. */
export const productCapabilities = {
  products: Type.Array(
    Type.Object({
      id: text,
      kind: Type.Enum(['loan', 'card', 'instalments', 'insurance']),
      version: Type.Integer(),
      name: bilingual,
      annualRate: Type.Optional(text),
      method: Type.Optional(text),
      periods: Type.Optional(Type.Array(Type.Integer())),
      graceMonths: Type.Optional(Type.Integer()),
      dayCount: Type.Optional(text),
      rounding: Type.Optional(text),
      min: Type.Optional(money),
      max: Type.Optional(money),
      purpose: Type.Optional(text),
      uses: Type.Optional(
        Type.Array(Type.Object({ code: text, name: bilingual }), {
          description: 'What the money may be for: quotes and applications name one.',
        }),
      ),
      business: Type.Optional(Type.Boolean({ description: 'For businesses, paid to their settlement account.' })),
      payout: Type.Optional(Type.Enum(['entrusted', 'self'])),
      penaltyMultiplier: Type.Optional(text),
      coolingOffDays: Type.Optional(Type.Integer()),
      annualFee: Type.Optional(money),
      limit: Type.Optional(money),
      terms: Type.Optional(Type.Array(termSchema, { description: 'What has to be known before anybody applies.' })),
      use: Type.Optional(Type.Enum(['purchase', 'bill'])),
      premium: Type.Optional(money),
      coolingOff: Type.Optional(Type.Integer({ description: 'Days in which everything is paid back.' })),
      cover: Type.Optional(bilingual),
      exclusions: Type.Optional(bilingual),
      declaration: Type.Optional(bilingual),
      feeRates: Type.Optional(Type.Record(Type.String(), text)),
      refundFees: Type.Optional(
        Type.Enum([...refundFees], { description: 'Of later periods, when part of the purchase is given back.' }),
      ),
    }),
  ),
  consents: Type.Array(
    Type.Object({
      purpose: text,
      version: text,
      text: bilingual,
      sha256: bilingual,
      receiver: bilingual,
      dataClasses: Type.Array(text),
      signed: Type.Boolean({ description: 'Only together with a confirmation that was made for it.' }),
    }),
  ),
  authMethods: Type.Array(text, { description: 'How the bank can ask a customer, weakest first.' }),
  encryption: Type.Object(
    { kty: text, crv: text, x: text, y: text, kid: text, use: text, alg: text },
    { description: 'Fields of applications may be compact JWEs for this key: ECDH-ES, A256GCM.' },
  ),
}

const schema = Type.Object(productCapabilities)

export function renderProductCapabilities(bank: Bank): Static<typeof schema> {
  return {
    products: [
      ...loanProducts.map(renderLoan),
      ...cardProducts.map(renderCard),
      ...instalmentProducts.map(renderPlan),
      ...insuranceProducts.map(renderInsurance),
    ],
    consents: consentTexts.map((consent) => ({
      ...consent,
      dataClasses: [...consent.dataClasses],
      sha256: { 'zh-CN': sha256Hex(consent.text['zh-CN']), en: sha256Hex(consent.text.en) },
    })),
    authMethods: ['code', 'code+pin', 'sim-shield'],
    encryption: bank.encryptionKey.publicJwk,
  }
}

type Product = Static<typeof schema>['products'][number]

function renderLoan(product: (typeof loanProducts)[number]): Product {
  const { id, version, name, annualRate, method, periods, graceMonths, dayCount, rounding } = product
  const { purpose, payout, penaltyMultiplier, coolingOffDays, uses, business } = product
  return {
    ...{ id, kind: 'loan', version, name, annualRate, method, periods: [...periods], graceMonths, dayCount, rounding },
    ...{ min: cny(product.minMinor), max: cny(product.maxMinor), purpose, payout, penaltyMultiplier },
    ...(coolingOffDays === undefined ? {} : { coolingOffDays }),
    ...(uses ? { uses: [...uses] } : {}),
    ...(business ? { business } : {}),
  }
}

function renderCard(product: (typeof cardProducts)[number]): Product {
  const { id, version, name, annualRate, annualFeeMinor, limitMinor } = product
  const terms = buildCardRows(product)
  return { id, kind: 'card', version, name, annualRate, annualFee: cny(annualFeeMinor), limit: cny(limitMinor), terms }
}

function renderPlan(product: (typeof instalmentProducts)[number]): Product {
  const { id, version, name, use, feeRates, minMinor, maxMinor } = product
  const periods = Object.keys(feeRates).map(Number)
  return {
    ...{ id, kind: 'instalments', version, name, use, periods, feeRates, min: cny(minMinor), max: cny(maxMinor) },
    ...(use === 'purchase' ? { refundFees: product.refundFees } : {}),
  }
}

function renderInsurance(product: (typeof insuranceProducts)[number]): Product {
  const { id, version, name, premiumMinor, coolingOffDays: coolingOff, cover, exclusions, declaration } = product
  const words = { cover, exclusions, declaration }
  return { id, kind: 'insurance', version, name, premium: cny(premiumMinor), coolingOff, ...words }
}

function cny(amountMinor: bigint): { value: string; currency: string } {
  return { value: amountMinor.toString(), currency: 'CNY' }
}
