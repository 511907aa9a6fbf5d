import { days, hours, minutes } from '@inthread/sdk'
import type { Sandbox } from '../../kit/sandbox.ts'
import { buildModes } from '../kit/modes.ts'
import { judgeBy } from './judge-by.ts'
import type { Judge, MoneyPath } from './money-path.ts'
import { tapOn, typeCode, waitAt } from './sights.ts'

const checked = '正在核对'
const amountMinor = 88_000n
const buyer = { place: 'mall', number: '+8613800000001' } as const
const paying = { opening: '二手', sights: [typeCode, tapOn('确认担保付款', '买二手镜头')] }

/** Money that the bank keeps until the buyer has the thing. */
const kept: MoneyPath = {
  ...{ ...buyer, ...paying, name: 'money kept by the bank', handedOver: 'bank ask POST escrows' },
  modes: buildModes({
    path: '/v1/escrows',
    shown: '/v1/escrows*',
    endings: { succeeded: '等待卖家寄出', failed: '没有付款，商品已放回', conflicted: checked },
  }),
  judge: judgeBy({
    moves: { '****1234': -amountMinor },
    results: { succeeded: '货款已由银行保管', failed: '没有付款成功', conflicted: checked },
    kind: { capability: 'escrow', operation: 'pay' },
  }),
}

/** The shop writes down what it has sent, and the bank waits for the buyer from then on. */
async function ship({ api, house }: Sandbox): Promise<void> {
  const tenant = 'digital-mall'
  const { items } = await api.orders.list.query({ tenant, capability: 'escrow' })
  const text = `order,parcel\n${items[0]?.number ?? ''},SF-1\n`
  const file = { format: 'csv', text, mode: 'merge', skipBad: false, dryRun: false } as const
  await api.collections.import.mutate({ tenant, plugin: 'second-hand', collection: 'parcels', ...file })
  await house.advance(hours(1) + minutes(1))
}

const paid = [{ ...paying, until: '等待卖家寄出' }]
const shipped = { earlier: paid, before: { happens: ship, sights: [], until: '卖家已寄出' } }

/** What our book says of who has it in the end: the hold is left once, by one line, to one of the two. */
function checkLeft(whose: 'tenant' | 'customer'): Judge {
  return (_mode, { rows }) => {
    const lines = rows.movement.filter(({ kind, cr }) => kind === 'single' && cr.startsWith('ext:escrow:'))
    const wrong = lines.filter((line) => !line.dr.startsWith(`ext:${whose}:`) || line.amount_minor !== amountMinor)
    return [
      ...(lines.length === 1 ? [] : [`the book lets go of the hold ${lines.length} times`]),
      ...wrong.map(({ dr, amount_minor: minor }) => `the book lets go of ${minor} to ${dr}`),
    ]
  }
}

interface Ending {
  /** Whose account has it afterwards, in the bank's books and in ours. */
  readonly moves: Readonly<Record<string, bigint>>
  readonly whose: 'tenant' | 'customer'
  readonly told: string
  /** The flow's last call. */
  readonly asked: 'receive' | 'giveBack' | 'find'
}

function judgeLeft({ moves, whose, told, asked }: Ending): Judge {
  const both = [judgeBy({ moves, results: { succeeded: told }, kind: { asked, within: 'mine' } }), checkLeft(whose)]
  return (mode, story) => both.flatMap((judge) => judge(mode, story))
}

/** The buyer has it: the seller is paid, and nobody confirms that anew. */
const released: MoneyPath = {
  ...{ ...buyer, ...shipped, name: 'kept money paid to the seller', opening: '担保订单' },
  sights: [tapOn('确认付给卖家', '确认收货')],
  modes: buildModes({
    path: '/v1/escrows/*/receipt',
    declinable: false,
    endings: { succeeded: '¥880.00 已付给卖家' },
  }),
  handedOver: 'bank ask POST escrows',
  judge: judgeLeft({
    ...{ moves: { 'digital-mall': amountMinor }, whose: 'tenant' },
    ...{ told: '已付给卖家', asked: 'receive' },
  }),
}

/** The buyer wants it back and the shop agrees at once: two calls, of which each may be lost. */
const returned: MoneyPath = {
  ...{ ...buyer, ...shipped, name: 'kept money given back', opening: '担保订单' },
  sights: [tapOn('申请退款')],
  modes: buildModes({
    path: '/v1/escrows/*/return',
    declinable: false,
    endings: { succeeded: '¥880.00 已退回您的账户' },
  }),
  handedOver: 'bank ask POST escrows',
  judge: judgeLeft({
    ...{ moves: { '****1234': amountMinor }, whose: 'customer' },
    ...{ told: '已退回您的账户', asked: 'giveBack' },
  }),
}

const closed = { ending: '按约定的规则，¥880.00 已付给卖家', final: 'succeeded' } as const
const told = { method: 'GET', path: '/v1/escrows/*' }

/** Nobody says anything for nine days: the bank reminds once, and pays. What comes of it is told by notices alone. */
const lapsed: MoneyPath = {
  ...{ ...buyer, ...shipped, name: 'kept money paid by the rule, by notices', opening: '' },
  sights: [waitAt('卖家已发货，收到后请确认', days(2) + minutes(1), 1), waitAt('卖家已寄出', days(7) + minutes(1), 1)],
  afterwardsMs: minutes(6),
  modes: [
    { name: 'ok', faults: [], ...closed },
    {
      name: 'each notice twice',
      faults: [{ match: { path: 'escrow.*' }, do: 'duplicate-event', times: 20 }],
      ...closed,
    },
    { name: 'first looks lost', faults: [{ match: told, do: 'timeout-after', times: 2 }], ...closed },
  ],
  handedOver: 'bank verifyNotice',
  judge: judgeLeft({
    ...{ moves: { 'digital-mall': amountMinor }, whose: 'tenant' },
    ...{ told: '已付给卖家', asked: 'find' },
  }),
}

/** The reminder comes after the end that it reminds of: nothing is told again because of it. */
const lateReminder: MoneyPath = {
  ...{ ...lapsed, name: 'kept money paid by the rule, the reminder late' },
  sights: [waitAt('卖家已寄出', days(3), 4)],
  modes: [
    {
      name: 'no notice in order',
      faults: [{ match: { path: 'escrow.*' }, do: 'reorder-events', times: 2 }],
      ...closed,
    },
  ],
}

export const keptPaths: readonly MoneyPath[] = [kept]
export const letGoPaths: readonly MoneyPath[] = [released, returned, lapsed, lateReminder]
