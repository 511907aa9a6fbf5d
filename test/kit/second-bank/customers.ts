import { customers, nextId, payeeOf, type Client, type Link } from './books.ts'
import { hashHex } from './canonical.ts'
import { assertTexts, patterns, textOf } from './checks.ts'
import { Refusal } from './refusal.ts'
import { show, type Ask, type Route } from './route.ts'

export const limitMinor = 3_000_000n
const labels = { en: 'Everyday account', 'zh-CN': '活期账户' }

function describeBank(client: Client): object {
  const payment = {
    feeBearer: 'payee',
    feeRate: '0.01',
    methods: ['code'],
    limits: { perPayment: limitMinor.toString() },
    currency: 'CNY',
    version: '1',
    id: 'payment',
  }
  return {
    capabilities: [payment],
    payee: { ...payeeOf(client), names: { en: client.name, 'zh-CN': client.name } },
    tenant: client.id,
    bank: { zone: 'Asia/Shanghai', id: '2nd', smsSender: '10655', name: { en: 'Second Bank', 'zh-CN': '第二银行' } },
  }
}

function getCapabilities({ client, headers }: Ask): ReturnType<Extract<Route, { method: 'GET' | 'DELETE' }>['run']> {
  const body = describeBank(client)
  const etag = `"${hashHex(JSON.stringify(body)).slice(0, 12)}"`
  const fields = { etag, 'cache-control': 'max-age=120, private' }
  return headers['if-none-match'] === etag ? { status: 304, headers: fields } : { body, headers: fields }
}

export function findLink({ books, client }: Pick<Ask, 'books' | 'client'>, id: string): Link {
  const link = books.links.get(id)
  if (link && link.client === client.id && !link.gone) return link
  throw new Refusal('not_found', { detail: 'No such link.' })
}

function showLink(link: Link): ReturnType<typeof show> {
  const known = customers[link.phone] !== undefined
  return show({ userRef: link.userRef, state: known ? 'active' : 'none', version: 1, id: link.id })
}

function makeLink(ask: Ask): ReturnType<Extract<Route, { method: 'POST' }>['act']> {
  const { books, client, body } = ask
  assertTexts(body, { phone: patterns.phone, userRef: patterns.reference })
  const phone = textOf(body, patterns.phone, 'phone')
  const userRef = textOf(body, patterns.reference, 'userRef')
  const same = (each: Link): boolean => each.client === client.id && each.phone === phone && each.userRef === userRef
  const known = [...books.links.values()].find((each) => same(each) && !each.gone)
  const link = known ?? { id: `L${nextId(books)}`, client: client.id, phone, userRef, gone: false }
  books.links.set(link.id, link)
  return { status: known ? 200 : 201, show: () => showLink(link) }
}

export const customerRoutes: readonly Route[] = [
  { method: 'GET', path: '/v1/capabilities', run: getCapabilities },
  { method: 'POST', path: '/v1/links', act: makeLink },
  { method: 'GET', path: '/v1/links/*', run: (ask) => showLink(findLink(ask, ask.parts[0] ?? '')) },
  {
    method: 'DELETE',
    path: '/v1/links/*',
    run: (ask) => {
      findLink(ask, ask.parts[0] ?? '').gone = true
      return { status: 204 }
    },
  },
  {
    method: 'GET',
    path: '/v1/links/*/methods',
    run: (ask) => {
      const account = customers[findLink(ask, ask.parts[0] ?? '').phone]?.account
      if (account === undefined) return { body: { methods: [] } }
      const method = {
        default: true,
        canPay: true,
        mask: `尾号 ${account.slice(-2)}`,
        label: labels,
        kind: 'debit',
        id: account,
      }
      return { body: { methods: [method] } }
    },
  },
]
