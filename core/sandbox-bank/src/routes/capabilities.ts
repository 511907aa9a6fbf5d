import { createHash } from 'node:crypto'
import { Type, type Static } from 'typebox'
import type { Bank } from '../app/bank.ts'
import type { Client } from '../clients/clients.store.ts'
import { getOperation, operationNames, type OperationName } from '../confirmations/operations.ts'
import { currency } from '../ledger/accounts.store.ts'
import { productCapabilities, renderProductCapabilities } from '../products/product-capabilities.ts'
import { defineReading, type Route } from './define-route.ts'
import { bilingual } from './fields.ts'

const capabilitiesSchema = Type.Object({
  bank: Type.Object({ id: Type.String(), name: bilingual, zone: Type.String(), smsSender: Type.String() }),
  tenant: Type.String(),
  payee: Type.Object(
    { id: Type.String(), name: Type.String(), names: bilingual, account: Type.String() },
    { description: 'Goes into the payload as it is; the name in either language.' },
  ),
  capabilities: Type.Array(
    Type.Object({
      id: Type.String({ description: 'What a payload names as its op.' }),
      title: Type.Optional(bilingual),
      version: Type.String(),
      currency: Type.String(),
      limits: Type.Object({ perPayment: Type.String({ description: 'Minor units.' }) }),
      methods: Type.Array(Type.String(), { description: 'How a customer may confirm.' }),
      feeRate: Type.String({ description: 'Fraction of the amount, half up on the minor unit.' }),
      feeBearer: Type.Enum(['payee']),
    }),
  ),
  ...productCapabilities,
})

export function buildCapabilityRoutes(bank: Bank): Route[] {
  return [
    defineReading({
      method: 'GET',
      url: '/v1/capabilities',
      id: 'getCapabilities',
      summary: 'What this bank offers to this client. May be kept for five minutes.',
      answers: { 200: capabilitiesSchema, 304: null },
      problems: [],
      run: ({ client, ifNoneMatch }) => {
        const body = renderCapabilities(bank, client)
        const etag = `"${createHash('sha256').update(JSON.stringify(body)).digest('base64url').slice(0, 22)}"`
        const headers = { etag, 'cache-control': 'private, max-age=300' }
        return listEntityTags(ifNoneMatch).includes(etag) ? { status: 304, headers } : { status: 200, body, headers }
      },
    }),
  ]
}

function listEntityTags(header = ''): string[] {
  return header.split(',').map((tag) => tag.trim().replace(/^W\//, ''))
}

const feeBearer = 'payee' as const
/** Where money goes to a merchant, the fee of a payment is taken. */
const withFee: readonly OperationName[] = ['points-payment', 'group-payment']

function renderOperation(bank: Bank): (id: OperationName) => Capability {
  const { perPaymentMinor, feeRate } = bank.terms
  return (id) => {
    const { title, money, mostMinor = perPaymentMinor } = getOperation(id)
    const perPayment = money === 'none' ? '0' : mostMinor.toString()
    return {
      ...{ id, title, version: '1', currency, limits: { perPayment }, feeBearer },
      methods: ['code', 'code+pin', 'sim-shield'],
      feeRate: withFee.includes(id) ? feeRate : '0',
    }
  }
}

type Capability = Static<typeof capabilitiesSchema>['capabilities'][number]

function renderCapabilities(bank: Bank, client: Client): Static<typeof capabilitiesSchema> {
  const { terms } = bank
  const names = { 'zh-CN': client.names.zh, en: client.names.en }
  const payment = {
    id: 'payment',
    version: '1',
    currency,
    limits: { perPayment: terms.perPaymentMinor.toString() },
    methods: ['code'],
    feeRate: terms.feeRate,
    feeBearer,
  }
  return {
    bank: {
      id: terms.id,
      name: { 'zh-CN': terms.name.zh, en: terms.name.en },
      zone: terms.zone,
      smsSender: terms.smsSender,
    },
    tenant: client.id,
    payee: { id: client.payeeId, name: client.names.zh, names, account: client.accountMask },
    capabilities: [payment, ...operationNames.filter((name) => name !== 'payment').map(renderOperation(bank))],
    ...renderProductCapabilities(bank),
  }
}
