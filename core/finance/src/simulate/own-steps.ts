import { addMs, minutes, type Instant } from '@inthread/sdk/time'
import type { Outcome } from '../desk/desk.ts'
import { buildReady } from '../desk/perform.ts'
import { noMethod, type Offer } from '../orders/sheet.ts'
import { routeOf } from '../orders/route.ts'
import type { OrderName } from '../orders/order.store.ts'
import type { OrderRow } from '../schema/tables.ts'
import type { KeptOrder } from './kept-order.ts'
import type { Promised } from './promises.ts'

/** What a dialogue asks the platform to do with its order. */
export interface OwnStep extends OrderName {
  readonly operation: string
  readonly input: unknown
  readonly now: Instant
}

const codeLivesMs = minutes(2)
const words = {
  zh: { account: '示例账户', card: '示例信用卡' },
  en: { account: 'Sample account', card: 'Sample credit card' },
} as const

/** As of a bank that knows the user and has nothing against it: one account, one code, and any digits are right. */
export function answerStep({ operation, now }: OwnStep, prepared?: KeptOrder): Outcome | undefined {
  switch (operation) {
    case 'prepare':
      return prepared?.offer && { name: 'ready', data: buildReady(prepared.row, prepared.offer, prepared.extra) }
    case 'challenge':
      return {
        name: 'sent',
        data: { destination: '138****0000', triesLeft: 3, expiresAt: addMs(now, codeLivesMs) },
      }
    case 'answer':
    case 'check':
      return { name: 'verified', data: {} }
    default:
      return undefined
  }
}

export function readQuoteId(input: unknown): string | undefined {
  const named = typeof input === 'object' && input !== null && 'quote' in input ? input.quote : undefined
  return typeof named === 'string' ? named : undefined
}

interface Known {
  readonly payee: string
  readonly promised: Promised | undefined
}

/** Nobody's account: only its place on the card is shown. */
export function buildSampleOffer(row: OrderRow, { payee, promised }: Known): Offer {
  const { payer } = routeOf(row).confirm ?? {}
  const own = row.locale.startsWith('zh') ? words.zh : words.en
  const method = { id: 'sample', label: payer === 'credit' ? own.card : own.account, mask: '****' }
  return {
    link: '',
    payee: promised?.payee ?? { id: 'sample', name: payee, account: '****' },
    methods: [payer === false ? noMethod : method],
    ...(promised ? { quote: buildOfferQuote(promised) } : {}),
  }
}

function buildOfferQuote({ quote, facts, headline }: Promised): NonNullable<Offer['quote']> {
  return { id: quote.id, terms: '', until: quote.expiresAt, facts, ...(headline === undefined ? {} : { headline }) }
}
