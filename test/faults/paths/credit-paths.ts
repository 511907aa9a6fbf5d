import { textOf } from '../../kit/phone.ts'
import { readBank } from '../../kit/purchase.ts'
import type { Sandbox } from '../../kit/sandbox.ts'
import { buildModes } from '../kit/modes.ts'
import { judgeBy } from './judge-by.ts'
import type { MoneyPath } from './money-path.ts'
import { fillForm, sayTo, tapIn, tapOn, typeCode, waitAt, type Sight } from './sights.ts'

const checked = '正在核对'
const applying = [
  waitAt('审核中', 60_000),
  typeCode,
  tapOn('确认授权', '签署征信授权'),
  tapIn('优惠', '不同意'),
  tapOn('申请', '开始申请', '同意', '签名授权'),
]

/** Up to the offer of a loan for somebody's business. */
const wishFor = (name: string): readonly Sight[] => [
  ...applying,
  fillForm(name),
  sayTo('想借多少', '10000'),
  tapOn('小微经营贷款', '采购货物', '12 个月', '继续'),
]
const offered = { opening: '经营贷款', sights: wishFor('林晓雨'), until: '审批通过' }

const signing = [typeCode, tapOn('签署贷款合同', '签署合同'), waitAt('合同已提交'), waitAt(checked)]

const merchantLoan: MoneyPath = {
  ...{ name: 'loan for a business', place: 'bank', number: '+8613800000001', opening: '经营贷款' },
  sights: signing,
  before: offered,
  modes: buildModes({
    path: '/v1/offers/*/accept',
    endings: { succeeded: '款项已到您的结算账户', failed: '没有借款' },
  }),
  handedOver: 'bank ask POST offers',
  judge: judgeBy({
    moves: { '****3601': 1_000_000n },
    // The scene says it, once: a dialogue that has heard of a loan on its way is over before the money is there.
    results: { succeeded: '款项已到您的结算账户', failed: '没有放款成功', conflicted: checked },
    kind: { capability: 'merchant-loan', operation: 'borrow' },
  }),
}

const borrowed = {
  opening: '经营贷款',
  sights: [...signing, ...offered.sights],
  until: '款项已到您的结算账户',
}

const repaying = buildModes({
  path: '/v1/loan-repayments',
  shown: '/v1/loan-repayments*',
  endings: { succeeded: '已还款 ¥', failed: '没有还款，没有扣款', conflicted: checked },
})
const repaid = {
  results: { succeeded: '已还款 ¥', failed: '没有还款成功', conflicted: checked },
  kind: { capability: 'loan-account', operation: 'repay' },
} as const

const partBack: MoneyPath = {
  ...{ name: 'part of a loan paid back early', place: 'bank', number: '+8613800000001', opening: '我的贷款' },
  earlier: [borrowed],
  sights: [typeCode, tapOn('确认还款', '继续', '提前还一部分'), sayTo('还多少', '1000'), waitAt(checked)],
  modes: repaying,
  handedOver: 'bank ask POST loan-repayments',
  judge: judgeBy({ ...repaid, moves: { '****1234': -100_000n } }),
}

/** Somebody with the money for it pays all of it back at once. */
const paidOff: MoneyPath = {
  ...{ name: 'loan paid off', place: 'bank', number: '+8613800000007', opening: '我的贷款' },
  earlier: [{ ...borrowed, sights: [...signing, ...wishFor('周启明')] }],
  sights: [typeCode, tapOn('确认还款', '继续', '提前结清', '储蓄卡'), waitAt(checked)],
  modes: repaying,
  handedOver: 'bank ask POST loan-repayments',
  judge: judgeBy({ ...repaid, moves: { '****6007': -1_000_000n } }),
}

const shopping = { place: 'mall', number: '+8613800000002', opening: '购物' } as const
/** From a shop window to the offer of a card, because the money is not there. */
const shortOfMoney = [tapOn('申请信用卡', '确认支付', '支付', '买降噪耳机'), ...applying, fillForm('陈建国')]
const signingCard = [typeCode, tapOn('签约信用卡', '签约')]
const activating = [typeCode, tapOn('激活信用卡', '激活')]

const cardSigned: MoneyPath = {
  ...{ ...shopping, name: 'credit card signed' },
  sights: signingCard,
  before: { sights: shortOfMoney, until: '已批准额度' },
  modes: buildModes({ path: '/v1/offers/*/sign', endings: { succeeded: '已签发', failed: '没有签约成功' } }),
  handedOver: 'bank ask POST offers',
  judge: judgeBy({
    moves: {},
    results: { succeeded: '信用卡签约成功', failed: '没有签约成功', conflicted: checked },
    kind: { capability: 'credit-card', operation: 'apply' },
  }),
}

const cardActivated: MoneyPath = {
  ...{ ...shopping, name: 'credit card activated' },
  sights: activating,
  before: { sights: [...signingCard, ...shortOfMoney], until: '已签发' },
  modes: buildModes({ path: '/v1/cards/*/activate', endings: { succeeded: '您的订单仍保留', failed: '没有激活' } }),
  handedOver: 'bank ask POST cards',
  judge: judgeBy({
    moves: {},
    results: { succeeded: '激活成功', failed: '没有激活成功', conflicted: checked },
    kind: { capability: 'card-activation', operation: 'activate' },
  }),
}

const inParts: MoneyPath = {
  ...{ ...shopping, name: 'purchase in parts' },
  earlier: [
    { opening: '购物', sights: [...activating, ...signingCard, ...shortOfMoney], until: '您的订单仍保留' },
    { opening: '取消', sights: [], until: '已' },
  ],
  sights: [typeCode, tapOn('确认分期', '就这样分期', '分期付款', '买智能音箱')],
  modes: buildModes({
    path: '/v1/instalment-plans',
    shown: '/v1/instalment-plans*',
    endings: { succeeded: '马上发货', failed: '没有分期成功', conflicted: checked },
  }),
  handedOver: 'bank ask POST instalment-plans',
  judge: judgeBy({
    // The shop bears a fee of eighteen per mille.
    moves: { 'digital-mall': 98_200n, card: -100_000n },
    results: { succeeded: '分期办理成功', failed: '没有分期成功', conflicted: checked },
    kind: { capability: 'instalments', operation: 'purchase' },
  }),
}

/** A card of the bank's own thread comes with a gift, which is there once. */
const gift: MoneyPath = {
  ...{ name: 'gift of a new card', place: 'bank', number: '+8613800000002', opening: '新客礼' },
  earlier: [
    {
      opening: '申请信用卡',
      sights: [...activating, ...signingCard, ...applying, fillForm('陈建国')],
      until: '信用卡已办好',
    },
  ],
  sights: [tapOn('领取')],
  modes: buildModes({ path: '/v1/gifts/*/claim', declinable: false, endings: { succeeded: '券码' } }),
  handedOver: 'bank ask POST gifts',
  judge: judgeBy({ moves: {}, results: { succeeded: '券码' }, kind: { asked: 'claim', within: 'gift' } }),
}

/** The user's card owes something, and its month is over: the bank tells of the bill by itself. */
async function issueBill({ api, street: { bankUrl } }: Sandbox): Promise<void> {
  const post = async (path: string, body: object): Promise<void> => {
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(`${bankUrl}/sandbox/${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(`there is no bill: ${await answer.text()}`)
  }
  const { accounts } = await readBank(bankUrl)
  await post(`accounts/${accounts.find(({ kind }) => kind === 'card')?.id ?? ''}/deposits`, { amount: '-89900' })
  const { items } = await api.orders.list.query({ tenant: 'river-bank', capability: 'credit-card' })
  await post(`deeds/${items[0]?.bankRef ?? ''}/events`, { event: 'bill' })
}

const takenCard = {
  opening: '申请信用卡',
  sights: [...activating, ...signingCard, ...applying, fillForm('林晓雨')],
  until: '信用卡已办好',
}
const billed = {
  ...({ place: 'bank', number: '+8613800000001', opening: '还信用卡' } as const),
  handedOver: 'bank ask POST card-repayments',
  earlier: [takenCard],
  before: { happens: issueBill, sights: [], until: '信用卡账单 ¥899.00' },
}
const payingBill = (succeeded: string) =>
  buildModes({
    path: '/v1/card-repayments',
    shown: '/v1/card-repayments*',
    endings: { succeeded, failed: '没有还款，没有扣款，账单不变', conflicted: checked },
  })
const billPaid = {
  results: { failed: '没有还款成功', conflicted: checked },
  kind: { capability: 'loan-account', operation: 'repayBill' },
} as const

const wholeBill: MoneyPath = {
  ...{ ...billed, name: 'card bill paid in full', modes: payingBill('信用卡账单已还清') },
  sights: [typeCode, tapOn('确认还款', '继续', '全额还款'), waitAt(checked)],
  judge: judgeBy({
    ...billPaid,
    moves: { '****1234': -89_900n, card: 89_900n },
    results: { ...billPaid.results, succeeded: '信用卡账单已还清' },
  }),
}

const judgeLeast = judgeBy({
  ...billPaid,
  moves: { '****1234': -8990n, card: 8990n },
  results: { ...billPaid.results, succeeded: '这张账单还剩 ¥809.10' },
})

/** What is left of it stays open, and would be taken as well: it is neither paid nor asked about unasked. */
const leastOfBill: MoneyPath = {
  ...{ ...billed, name: 'least of a card bill paid', modes: payingBill('这张账单还剩 ¥809.10') },
  sights: [typeCode, tapOn('确认还款', '继续', '最低还款'), waitAt(checked)],
  judge: (mode, story) => [
    ...judgeLeast(mode, story),
    ...story.heard
      .filter((message) => textOf(message).includes('信用卡账单还剩'))
      .map(() => 'the rest was asked about'),
  ],
}

export const businessPaths: readonly MoneyPath[] = [merchantLoan]
export const repaymentPaths: readonly MoneyPath[] = [partBack, paidOff]
export const giftPaths: readonly MoneyPath[] = [gift]
export const offeredCardPaths: readonly MoneyPath[] = [cardSigned]
export const issuedCardPaths: readonly MoneyPath[] = [cardActivated]
export const cardBillPaths: readonly MoneyPath[] = [wholeBill, leastOfBill]
export const instalmentPaths: readonly MoneyPath[] = [inParts]
