import { Type, type Static } from 'typebox'
import type { Bank } from '../app/bank.ts'
import { findClientOfPayee, type Client } from '../clients/clients.store.ts'
import { renderYuan } from '../credit/words.ts'
import { countPoints } from '../points/spend-points.ts'
import { defineQuote } from '../quotes/quote-routes.ts'
import { term, text, type Term } from '../quotes/terms.ts'
import { amountPattern } from '../confirmations/payload.ts'
import { money, renderMoney } from '../routes/fields.ts'
import { Problem } from '../transport/problem.ts'

const lifeMs = 10 * 60_000
/** Points pay for at most this many hundredths of an order. */
const mostShare = 50n

/** What is paid to one merchant; digits. */
export interface GroupMember {
  readonly clientId: string
  /** From the customer's account. */
  readonly money: string
  /** In points, each worth one minor unit, which their issuer pays for. */
  readonly points: string
}

export interface GroupFacts {
  readonly members: readonly GroupMember[]
}

const memberMost = 10
const name = { minLength: 1, maxLength: 64 }
const currency = 'CNY'

export const pointsQuote = defineQuote({
  kind: 'points',
  prefix: 'ptq',
  url: '/v1/points/quotes',
  name: 'PointsQuote',
  summary: 'How much of an order points pay for, at most half of it, rounded down; the amount is the rest.',
  body: Type.Object({
    amount: money,
    points: Type.Optional(
      Type.String({ pattern: amountPattern, description: 'How many to use; as many as possible if left out.' }),
    ),
  }),
  view: Type.Object({
    order: money,
    points: Type.String({ description: 'How many are used.' }),
    worth: money,
  }),
  lifeMs,
  problems: ['bad_amount', 'bad_currency', 'below_min', 'above_max'],
  draw: ({ bank, client, link }, body) => {
    const orderMinor = readAmount(body.amount)
    const used = choosePoints(body.points, {
      mostMinor: (orderMinor * mostShare) / 100n,
      owned: countPoints(bank, link.customerId),
    })
    const restMinor = orderMinor - used
    const facts: GroupFacts = {
      members: [{ clientId: client.id, money: restMinor.toString(), points: used.toString() }],
    }
    return {
      amountMinor: restMinor,
      payee: { id: client.payeeId, name: client.names.zh, account: client.accountMask },
      terms: [
        term('order', text('订单金额', 'Order'), renderYuan(orderMinor)),
        term('points', text('使用积分', 'Points used'), text(`${used} 积分`, `${used} points`)),
        term('worth', text('积分抵扣', 'Paid with points'), renderYuan(used)),
      ],
      view: { order: body.amount, points: used.toString(), worth: renderMoney(used, currency) },
      facts,
    }
  },
})

function choosePoints(wish: string | undefined, { mostMinor, owned }: { mostMinor: bigint; owned: bigint }): bigint {
  const most = owned < mostMinor ? owned : mostMinor
  const used = wish === undefined ? most : BigInt(wish)
  if (used > most) throw new Problem('above_max', `No more than ${most} points can be used here.`)
  if (used === 0n) throw new Problem('below_min', 'There are no points to use.')
  return used
}

export const groupQuote = defineQuote({
  kind: 'group',
  prefix: 'grq',
  url: '/v1/groups/quotes',
  name: 'GroupQuote',
  summary: 'Several payments to be agreed to as one: all are made, or none.',
  body: Type.Object({
    members: Type.Array(Type.Object({ payee: Type.Object({ id: Type.String(name) }), amount: money }), {
      minItems: 1,
      maxItems: memberMost,
    }),
  }),
  view: Type.Object({
    members: Type.Array(
      Type.Object({
        payee: Type.Object({ id: Type.String(), name: Type.String(), account: Type.String() }),
        amount: money,
      }),
    ),
  }),
  lifeMs,
  problems: ['bad_amount', 'bad_currency', 'below_min', 'payee_mismatch'],
  draw: ({ bank, link, now }, { members: wishes }) => {
    const members = wishes.map((wish) => readMember(bank, wish))
    const amountMinor = members.reduce((sum, member) => sum + member.amountMinor, 0n)
    const names = members.map(({ payee }) => payee.name).join('、')
    const facts: GroupFacts = {
      members: members.map((member) => ({
        clientId: member.client.id,
        money: member.amountMinor.toString(),
        points: '0',
      })),
    }
    return {
      amountMinor,
      payee: { id: bank.vault.idOf('gpy', link.id, now, names), name: cut(names), account: '****' },
      terms: members.map(renderMemberTerm),
      view: {
        members: members.map(({ payee, amountMinor: part }) => ({ payee, amount: renderMoney(part, currency) })),
      },
      facts,
    }
  },
})

/** A payload has room for 64 characters; the rows name everybody. */
function cut(names: string): string {
  return [...names].length > 64 ? `${[...names].slice(0, 63).join('')}…` : names
}

interface Member {
  readonly client: Client
  readonly payee: { readonly id: string; readonly name: string; readonly account: string }
  readonly amountMinor: bigint
}

function readMember(bank: Bank, wish: { payee: { id: string }; amount: Static<typeof money> }): Member {
  const client = findClientOfPayee(bank.db, wish.payee.id)
  if (!client) throw new Problem('payee_mismatch', 'A payee is no merchant of this bank: see GET /v1/capabilities.')
  const { payeeId: id, names, accountMask: account } = client
  return { client, payee: { id, name: names.zh, account }, amountMinor: readAmount(wish.amount) }
}

function renderMemberTerm({ client, amountMinor }: Member, index: number): Term {
  const label = text(`第 ${index + 1} 笔：${client.names.zh}`, `${index + 1}. ${client.names.en}`)
  return term(`member${index + 1}`, label, renderYuan(amountMinor))
}

function readAmount(amount: Static<typeof money>): bigint {
  if (amount.currency !== currency) throw new Problem('bad_currency', `This bank pays in ${currency} only.`)
  const amountMinor = BigInt(amount.value)
  if (amountMinor <= 0n) throw new Problem('below_min', 'At least one minor unit is paid.')
  return amountMinor
}
