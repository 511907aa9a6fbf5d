import { Type, type TObject } from 'typebox'
import type { Bank } from '../app/bank.ts'
import { renderInstant } from '../app/business-clock.ts'
import { currency, getAccount } from '../ledger/accounts.store.ts'
import { classOfFailure, failureClasses } from '../payments/failure.ts'
import { clientRef, instant, money, payee, renderMoney, version } from '../routes/fields.ts'
import type { DeedKind } from './deed-kind.ts'
import type { Deed } from './deeds.store.ts'

/** What every deed has, where it has it; its kind adds members of its own. */
const deedProperties = {
  id: Type.String(),
  clientRef: Type.Optional(clientRef),
  tenant: Type.String(),
  link: Type.Optional(Type.String()),
  version,
  amount: Type.Optional(money),
  fee: Type.Optional(money),
  payee: Type.Optional(payee),
  payer: Type.Optional(Type.Object({ method: Type.String(), mask: Type.String() })),
  quote: Type.Optional(Type.String()),
  confirmationId: Type.Optional(Type.String()),
  description: Type.Optional(Type.String()),
  failure: Type.Optional(
    Type.Object({
      code: Type.String({ description: 'For the platform.' }),
      class: Type.Enum([...failureClasses], { description: 'For the merchant.' }),
    }),
  ),
  createdAt: instant,
  updatedAt: instant,
}

export function buildDeedSchema(kind: DeedKind): TObject {
  return Type.Object({ ...deedProperties, state: Type.Enum([...kind.states]), ...kind.view.properties })
}

interface DeedResource {
  readonly version: number
  readonly [member: string]: unknown
}

export function renderDeed(bank: Bank, kind: DeedKind, deed: Deed): DeedResource {
  const { id, clientId, state, version, amountMinor, feeMinor, failureCode } = deed
  return {
    ...{ id, tenant: clientId, state, version },
    ...renderNames(deed),
    ...(amountMinor === undefined ? {} : { amount: renderMoney(amountMinor, currency) }),
    ...(feeMinor === undefined ? {} : { fee: renderMoney(feeMinor, currency) }),
    ...renderPayer(bank, deed),
    ...(failureCode === undefined ? {} : { failure: { code: failureCode, class: classOfFailure(failureCode) } }),
    ...kind.render(bank, deed),
    createdAt: renderInstant(deed.createdAt),
    updatedAt: renderInstant(deed.updatedAt),
  }
}

/** The members that are sent as they are kept, if they are there. */
function renderNames({ clientRef, linkId: link, quoteId: quote, confirmationId, description, payee }: Deed): object {
  const names = Object.entries({ clientRef, link, quote, confirmationId, description, payee })
  return Object.fromEntries(names.filter((entry) => entry[1] !== undefined))
}

function renderPayer(bank: Bank, { accountId }: Deed): object {
  if (accountId === undefined) return {}
  return { payer: { method: accountId, mask: getAccount(bank.db, accountId).mask ?? '' } }
}
