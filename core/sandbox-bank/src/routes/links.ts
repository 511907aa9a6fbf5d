import { Type, type Static } from 'typebox'
import type { Bank } from '../app/bank.ts'
import { commitSuperseded } from '../confirmations/confirmations.store.ts'
import { listMethodsOfLink } from '../customers/link-cards.store.ts'
import { findPhoneHolder, getCustomerName } from '../customers/customers.store.ts'
import {
  commitLinkDeletion,
  commitLinkFacts,
  commitNewLink,
  findLink,
  findLinkByName,
} from '../customers/links.store.ts'
import type { Link, LinkName, Locale } from '../customers/links.store.ts'
import type { Account } from '../ledger/accounts.store.ts'
import { commitEvent } from '../events/commit-event.ts'
import { commitIdempotencyRecord, type IdempotencyKey } from '../transport/idempotency.store.ts'
import { Problem } from '../transport/problem.ts'
import { maskName } from '../vault/mask.ts'
import { buildResourceAnswer, defineActing, defineReading, type Route } from './define-route.ts'
import { bilingual, idParams, version } from './fields.ts'

export const linkSchema = Type.Object({
  id: Type.String(),
  version,
  state: Type.Enum(['active', 'none'], { description: 'none: the number belongs to no customer.' }),
  userRef: Type.String(),
  locale: Type.Enum(['zh-CN', 'en']),
  customer: Type.Optional(Type.Object({ name: Type.String({ description: 'Masked.' }) })),
})

const linkBody = Type.Object({
  phone: Type.String({ pattern: '^\\+[1-9][0-9]{6,14}$', description: 'E.164.' }),
  userRef: Type.String({ pattern: '^[A-Za-z0-9_.:-]{1,64}$', description: "The client's own id of the user." }),
  locale: Type.Optional(
    Type.Enum(['zh-CN', 'en'], { description: 'Language of messages to the customer; zh-CN if left out.' }),
  ),
})

const methodSchema = Type.Object({
  id: Type.String(),
  kind: Type.Enum(['debit', 'credit', 'wallet']),
  label: bilingual,
  mask: Type.String(),
  canPay: Type.Boolean(),
  default: Type.Boolean(),
})

const labels = {
  debit: { 'zh-CN': '储蓄卡', en: 'Debit card' },
  credit: { 'zh-CN': '信用卡', en: 'Credit card' },
  wallet: { 'zh-CN': '数字人民币钱包', en: 'Digital wallet' },
} as const

const methodKinds: Partial<Record<Account['kind'], keyof typeof labels>> = { card: 'credit', wallet: 'wallet' }

export function buildLinkRoutes(bank: Bank): Route[] {
  return [buildPostLink(bank), buildGetLink(bank), buildDeleteLink(bank), buildGetMethods(bank)]
}

function buildPostLink(bank: Bank): Route {
  return defineActing({
    url: '/v1/links',
    id: 'createLink',
    summary: 'Ties a user of the client to a customer of the bank. One link for each phone and userRef.',
    body: linkBody,
    answers: { 200: linkSchema, 201: linkSchema },
    problems: ['number_reassigned', 'not_found'],
    run: ({ client, key, body }) => {
      const name = { clientId: client.id, phone: body.phone, userRef: body.userRef }
      const { status, link } = commitLink(bank, key, { name, locale: body.locale ?? 'zh-CN' })
      return buildResourceAnswer(status, renderLink(bank, link))
    },
    replay: (client, id, status) => buildResourceAnswer(status, renderLink(bank, getLink(bank, client.id, id))),
  })
}

function buildGetLink(bank: Bank): Route {
  return defineReading({
    method: 'GET',
    url: '/v1/links/:id',
    id: 'getLink',
    summary: 'One link.',
    params: idParams,
    answers: { 200: linkSchema },
    problems: ['not_found'],
    run: ({ client, params }) => buildResourceAnswer(200, renderLink(bank, getLink(bank, client.id, params.id))),
  })
}

function buildDeleteLink(bank: Bank): Route {
  return defineReading({
    method: 'DELETE',
    url: '/v1/links/:id',
    id: 'deleteLink',
    summary: 'Unties the user. What is being paid is still paid; nothing new can be confirmed.',
    params: idParams,
    answers: { 204: null },
    problems: ['not_found'],
    run: ({ client, params }) => {
      const link = getLink(bank, client.id, params.id)
      const { id } = link
      const at = bank.clock.now()
      bank.db.transaction(() => {
        commitLinkDeletion(bank, id, at)
        commitSuperseded(bank.db, { linkId: id }, at)
        commitEvent(bank, 'link.deleted', { ...link, version: link.version + 1, state: 'deleted', updatedAt: at })
      })
      return { status: 204 }
    },
  })
}

function buildGetMethods(bank: Bank): Route {
  return defineReading({
    method: 'GET',
    url: '/v1/links/:id/methods',
    id: 'listMethods',
    summary: 'What the linked customer can pay with. No balances.',
    params: idParams,
    answers: { 200: Type.Object({ methods: Type.Array(methodSchema) }) },
    problems: ['not_found'],
    run: ({ client, params }) => {
      const link = getLink(bank, client.id, params.id)
      const accounts = listMethodsOfLink(bank.db, link)
      return { status: 200, body: { methods: accounts.map((account, index) => renderMethod(account, index === 0)) } }
    },
  })
}

interface LinkWish {
  readonly name: LinkName
  readonly locale: Locale
}

/** Looks at the number anew each time: who was nobody yesterday may be a customer today. */
function commitLink(bank: Bank, key: IdempotencyKey, wish: LinkWish): { status: number; link: Link } {
  return bank.db.transaction(() => {
    const holder = findPhoneHolder(bank, wish.name.phone)
    if (holder?.state === 'reassigned') {
      throw new Problem(
        'number_reassigned',
        'The carrier gave this number to someone else: ask the customer for the number of today.',
      )
    }
    const facts = { customerId: holder?.customerId, locale: wish.locale, at: bank.clock.now() }
    const known = findLinkByName(bank, wish.name)
    const link = known ? commitLinkFacts(bank, known, facts) : commitNewLink(bank, wish.name, facts)
    const status = known ? 200 : 201
    commitIdempotencyRecord(bank.db, key, { status, resourceId: link.id, at: facts.at })
    return { status, link }
  })
}

export function getLink(bank: Bank, clientId: string, id: string): Link {
  const link = findLink(bank, clientId, id)
  if (!link) throw new Problem('not_found', 'There is no link with this id.')
  return link
}

export function renderLink(bank: Bank, link: Link): Static<typeof linkSchema> {
  const { id, version, state, userRef, locale, customerId } = link
  const customer = customerId === undefined ? {} : { customer: { name: maskName(getCustomerName(bank, customerId)) } }
  return { id, version, state, userRef, locale, ...customer }
}

function renderMethod(account: Account, first: boolean): Static<typeof methodSchema> {
  const kind = methodKinds[account.kind] ?? 'debit'
  return {
    ...{ id: account.id, kind, label: labels[kind], mask: account.mask ?? '' },
    ...{ canPay: account.state === 'open', default: first },
  }
}
