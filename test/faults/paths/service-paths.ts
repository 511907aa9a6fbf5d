import { days, minutes } from '@inthread/sdk'
import type { Sandbox } from '../../kit/sandbox.ts'
import type { Street } from '../../kit/street.ts'
import { buildModes } from '../kit/modes.ts'
import { judgeBy } from './judge-by.ts'
import type { MoneyPath } from './money-path.ts'
import { sayInTurn, sayTo, tapIn, tapOn, typeCode, waitAt } from './sights.ts'

const place = 'bank'
const rich = '+8613800000007'
const usual = '+8613800000001'
const checked = '正在核对'
const hourMs = 3_600_000

const topUp: MoneyPath = {
  ...{ name: 'top-up', place, number: usual, opening: '充话费', handedOver: 'bank ask POST top-ups' },
  sights: [typeCode, tapOn('确认充值', '充值', '¥50', '本机')],
  modes: buildModes({
    path: '/v1/top-ups',
    endings: { succeeded: '充值成功，', failed: '没有缴费成功' },
  }),
  judge: judgeBy({
    moves: { '****1234': -5000n },
    results: { succeeded: '充值成功，', failed: '没有缴费成功', conflicted: checked },
    kind: { capability: 'bills', operation: 'topUp' },
  }),
}

/** Half of it is paid with points, which are held and moved together with the money. */
const points: MoneyPath = {
  ...{ name: 'payment with points', place, number: usual, opening: '积分买茶杯', handedOver: 'bank ask POST groups' },
  sights: [typeCode, tapOn('确认支付')],
  modes: buildModes({
    path: '/v1/groups',
    endings: { succeeded: '茶杯已包好', failed: '茶杯没有卖出' },
  }),
  judge: judgeBy({
    moves: { '****1234': -1500n, 'river-bank': 2982n },
    results: { succeeded: '支付成功', failed: '没有支付成功', conflicted: checked },
    kind: { capability: 'points', operation: 'pay' },
  }),
}

const openWallet = [typeCode, tapOn('确认开立钱包', '开立钱包')]

const walletOpening: MoneyPath = {
  ...{ name: 'wallet opening', place, number: usual, opening: '数字钱包', handedOver: 'bank ask POST wallets' },
  sights: openWallet,
  modes: buildModes({ path: '/v1/wallets', endings: { succeeded: '钱包可以用了', failed: '没有办理成功' } }),
  judge: judgeBy({
    moves: {},
    results: { succeeded: '办理成功', failed: '没有办理成功' },
    kind: { capability: 'wallet', operation: 'open' },
  }),
}

const walletLoad: MoneyPath = {
  ...{ name: 'wallet load', place, number: rich, opening: '数字钱包', handedOver: 'bank ask POST wallet-loads' },
  earlier: [{ opening: '数字钱包', sights: openWallet, until: '钱包可以用了' }],
  sights: [typeCode, tapOn('确认充值钱包', '¥200', '储蓄卡', '充值')],
  modes: buildModes({
    path: '/v1/wallet-loads',
    shown: '/v1/wallet-loads*',
    endings: { succeeded: '已充入', failed: '没有办理成功', conflicted: checked },
  }),
  judge: judgeBy({
    moves: { '****6007': -20_000n },
    results: { succeeded: '办理成功', failed: '没有办理成功', conflicted: checked },
    kind: { capability: 'wallet', operation: 'load' },
  }),
}

/** The answers of somebody who wants no risk; asked once a year. */
const assessed = {
  opening: '理财',
  sights: [tapOn('不买了', '本金安全', '大部分', '不能亏', '没有', '随时要用'), sayTo('买多少', '1000'), tapOn('买')],
  until: '没有购买',
}

/** Held by the bank at once, and moved when the units are confirmed a working day later. */
const wealth: MoneyPath = {
  ...{ name: 'wealth purchase', place, number: rich, opening: '理财', handedOver: 'bank ask POST wealth' },
  wholeOnly: true,
  earlier: [assessed],
  sights: [
    typeCode,
    tapOn('确认购买', '已阅读', '储蓄卡'),
    waitAt('不保证收益', days(1)),
    waitAt(checked, days(1)),
    sayTo('买多少', '1000'),
    tapOn('买'),
  ],
  // A day goes by before it is asked again: what the bank has not got by then, it does not take any more.
  modes: buildModes({
    path: '/v1/wealth/orders',
    endings: { succeeded: '已确认份额', failed: '没有成交' },
  }).filter(({ name }) => name !== 'lost before effect'),
  judge: judgeBy({
    moves: { '****6007': -100_000n },
    results: { succeeded: '已确认份额', failed: '没有成交' },
    kind: { capability: 'wealth', operation: 'subscribe' },
  }),
}

/** The user has another card at the bank: it may pay from then on, and is taken off again. */
const cards: MoneyPath = {
  ...{ name: 'card bound and removed', place, number: usual, opening: '我的卡', handedOver: 'bank ask POST links' },
  sights: [
    tapIn('解绑哪张卡', '储蓄卡 ****6688'),
    tapOn('解绑'),
    sayTo('后四位', '6688'),
    sayTo('已绑定', '我的卡'),
    tapOn('绑定一张卡'),
  ],
  modes: [
    ...buildModes({ path: '/v1/links/*/cards', declinable: false, endings: { succeeded: '已解绑' } }),
    ...buildModes({
      path: '/v1/links/*/cards/*',
      method: 'DELETE',
      declinable: false,
      endings: { succeeded: '已解绑' },
    })
      .slice(1)
      .map((mode) => ({ ...mode, name: `removal ${mode.name}` })),
  ],
  judge: judgeBy({ moves: {}, results: { succeeded: '已解绑' }, kind: { asked: 'unbind', within: 'cards' } }),
}

/** The user's card is used in a shop. */
async function spend({ bankUrl }: Pick<Street, 'bankUrl'>): Promise<void> {
  const answer = await fetch(`${bankUrl}/sandbox/card-events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ phone: usual, amount: '30000', shop: '东方超市' }),
  })
  if (!answer.ok) throw new Error(`nothing could be bought: ${await answer.text()}`)
}

const denied: MoneyPath = {
  ...{
    name: 'card use denied',
    place,
    number: usual,
    opening: '积分',
    handedOver: 'bank ask POST transaction-notices',
  },
  // Whoever has never been here hears nothing of their card.
  earlier: [{ opening: '积分', sights: [], until: '可抵' }],
  happens: spend,
  sights: [tapOn('不是我')],
  modes: buildModes({
    path: '/v1/transaction-notices/*',
    declinable: false,
    endings: { succeeded: '已锁定' },
  }),
  judge: judgeBy({ moves: {}, results: { succeeded: '已锁定' }, kind: { asked: 'answer', within: 'spent' } }),
}

const visit: MoneyPath = {
  ...{ name: 'branch visit', place, number: usual, opening: '预约网点', handedOver: 'bank ask POST appointments' },
  sights: [
    ...[typeCode, tapOn('确认预约', '确认', '一般业务', '选北城支行', '下午', '14:00')],
    sayInTurn('哪一天', ['2', '3']),
  ],
  modes: buildModes({ path: '/v1/appointments', endings: { succeeded: '已约好', failed: '没有预约成功' } }),
  judge: judgeBy({
    moves: {},
    results: { succeeded: '预约成功', failed: '没有预约成功' },
    kind: { capability: 'appointment', operation: 'book' },
  }),
}

/** Nobody is woken because of a price: whatever the time is now, it is noon in the bank's zone from here on. */
async function waitForNoon({ house }: Sandbox): Promise<void> {
  const hour = (performance.timeOrigin + performance.now()) / hourMs + 8
  await house.advance(Math.round(((36 - (hour % 24)) % 24) * hourMs))
}

async function goUp({ bankUrl }: Pick<Street, 'bankUrl'>): Promise<void> {
  const answer = await fetch(`${bankUrl}/sandbox/moods/price:gold`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ mood: '805.00' }),
  })
  if (!answer.ok) throw new Error(`the price stays as it is: ${await answer.text()}`)
}

const watching = [tapOn('积存金'), sayTo('到多少时告诉您', '800')]
const crossed = { ending: '价格提醒：', final: 'succeeded' } as const

/** No money moves: somebody is told of a price that has come to where they wanted to hear of it, and once. */
const priceAlert: MoneyPath = {
  ...{ name: 'price alert', place, number: usual, opening: '金价' },
  earlier: [waitForNoon],
  before: { sights: watching, until: '每次只说一次' },
  happens: goUp,
  // The bank looks at it each minute.
  sights: [waitAt('每次只说一次', minutes(1) + 1000, 2)],
  afterwardsMs: minutes(6),
  modes: [
    ...buildModes({
      path: '/v1/price-alerts/*',
      method: 'GET',
      declinable: false,
      endings: { succeeded: crossed.ending },
    }),
    {
      name: 'each notice twice',
      faults: [{ match: { path: 'price_alert.*' }, do: 'duplicate-event', times: 20 }],
      ...crossed,
    },
  ],
  handedOver: 'bank verifyNotice',
  judge: judgeBy({
    moves: {},
    results: { succeeded: '价格提醒：' },
    kind: { asked: 'find', within: 'told' },
  }),
}

/** What people do in the bank's own bot besides sending money and paying bills. */
export const servicePaths: readonly MoneyPath[] = [...[topUp, points, walletLoad, wealth, cards, denied, visit]]

/** Nobody has a wallet yet. */
export const walletPaths: readonly MoneyPath[] = [walletOpening]
export const alertPaths: readonly MoneyPath[] = [priceAlert]
