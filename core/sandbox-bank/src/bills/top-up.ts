import { Type } from 'typebox'
import type { Bank } from '../app/bank.ts'
import { startOfDay } from '../app/business-day.ts'
import { renderYuan } from '../credit/words.ts'
import { getLinkPhone } from '../customers/links.store.ts'
import { defineCommit } from '../deeds/deed-kind.ts'
import { listDeedsOfParent } from '../deeds/deeds.store.ts'
import { renderDecimal } from '../ledger/fee.ts'
import { defineQuote } from '../quotes/quote-routes.ts'
import { term, text } from '../quotes/terms.ts'
import { money } from '../routes/fields.ts'
import { Problem } from '../transport/problem.ts'
import { maskPhone } from '../vault/mask.ts'
import { beginBillerPayment, billerMachine, type BillerFacts } from './biller-payment.ts'
import { carrier, payeeOf } from './billers.ts'

const leastMinor = 1_000n
const dayMostMinor = 50_000n

interface TopUpFacts {
  readonly number: string
  /** Names the number, and does not tell it. */
  readonly key: string
}

export const topUpQuote = defineQuote({
  kind: 'top-up',
  prefix: 'tuq',
  url: '/v1/top-ups/quotes',
  name: 'TopUpQuote',
  summary: 'What is put on a phone, the own one if no other is named: 10.00 to 500.00 a day for one number.',
  body: Type.Object({
    phone: Type.Optional(Type.String({ pattern: '^\\+[1-9][0-9]{6,14}$', description: 'E.164.' })),
    amount: money,
  }),
  view: Type.Object({ phone: Type.String({ description: 'Masked.' }) }),
  lifeMs: 10 * 60_000,
  problems: ['bad_amount', 'bad_currency', 'below_min', 'above_max'],
  draw: ({ bank, link }, { phone, amount }) => {
    const number = phone ?? getLinkPhone(bank, link.id)
    const key = `top-up ${bank.vault.blindIndexOf(number)}`
    if (amount.currency !== 'CNY') throw new Problem('bad_currency', 'This bank pays in CNY only.')
    const amountMinor = BigInt(amount.value)
    if (amountMinor < leastMinor) throw new Problem('below_min', `At least ${renderDecimal(leastMinor)}.`)
    assertDayLeft(bank, key, amountMinor)
    const masked = maskPhone(number)
    return {
      amountMinor,
      payee: payeeOf(carrier, link.locale),
      terms: [
        term('number', text('充值号码', 'Number'), masked),
        term('value', text('充值金额', 'Credit'), renderYuan(amountMinor)),
      ],
      view: { phone: masked },
      facts: { number: masked, key } satisfies TopUpFacts,
    }
  },
})

const nothing = ['failed', 'reversed']

function assertDayLeft(bank: Bank, key: string, amountMinor: bigint): void {
  const today = startOfDay(bank.clock.now())
  const paid = listDeedsOfParent(bank, key, 'top_up').filter(
    ({ createdAt, state }) => createdAt >= today && !nothing.includes(state),
  )
  const total = paid.reduce((sum, deed) => sum + (deed.amountMinor ?? 0n), amountMinor)
  if (total <= dayMostMinor) return
  throw new Problem('above_max', `A number gets at most ${renderDecimal(dayMostMinor)} a day.`)
}

const body = Type.Object({})

export const topUp = defineCommit<BillerFacts, typeof body>({
  thing: 'top_up',
  prefix: 'top',
  url: '/v1/top-ups',
  name: 'TopUp',
  summary: 'Pays for a quoted top-up and tells the carrier.',
  ops: ['top-up'],
  ...billerMachine,
  body,
  problems: ['insufficient_funds', 'account_frozen', 'above_limit', 'above_max'],
  begin: (desk) => {
    const { number, key } = desk.quote?.facts as TopUpFacts
    assertDayLeft(desk.bank, key, desk.amountMinor)
    return { ...beginBillerPayment(desk, { biller: carrier.id, account: number }), parentId: key }
  },
})
