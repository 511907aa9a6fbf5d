import { buildModes } from '../kit/modes.ts'
import { confirmOnPage, fillForm, tapIn, tapOn, typeCode, waitAt } from './sights.ts'
import { judgeBy } from './judge-by.ts'
import type { MoneyPath } from './money-path.ts'

const paid = { succeeded: '支付成功', failed: '没有支付成功', conflicted: '正在核对' }

/** A payment that is confirmed with a PIN on the bank's own page; its end comes back as a notice. */
const page: MoneyPath = {
  name: "payment on the bank's page",
  place: 'bank',
  number: '+8613800000001',
  opening: '来杯乌龙茶',
  sights: [confirmOnPage, tapOn('确认支付')],
  modes: buildModes({
    path: '/v1/payments',
    shown: '/v1/payments*',
    endings: { succeeded: '要退货吗', failed: '没有卖出', conflicted: '正在核对' },
  }),
  handedOver: 'bank submit',
  judge: judgeBy({
    // The merchant bears a fee of six per mille.
    moves: { '****1234': -1200n, 'river-bank': 1193n },
    results: paid,
    kind: { capability: 'payment', operation: 'pay' },
  }),
}

/** Five of the twelve that the tea was paid with go back, and nobody has to confirm that. */
const refund: MoneyPath = {
  name: 'refund',
  place: 'bank',
  number: '+8613800000004',
  opening: '来杯乌龙茶',
  sights: [tapOn('退货'), waitAt('退款核对中')],
  before: { sights: [confirmOnPage, tapOn('确认支付', '储蓄卡')], until: '要退货吗' },
  modes: buildModes({
    path: '/v1/payments/*/refunds',
    declinable: false,
    endings: { succeeded: '退货款已退' },
  }),
  handedOver: 'bank refund',
  judge: judgeBy({
    moves: { '****2204': 500n, 'river-bank': -497n },
    results: { succeeded: '退货款已退', failed: '没有退款', conflicted: '退款核对中' },
    kind: 'refund',
  }),
  control: /has 1000 more, 500 expected/,
}

const claim: MoneyPath = {
  name: 'red envelope',
  place: 'bank',
  number: '+8613800000001',
  opening: '拆开业礼包',
  sights: [waitAt('正在到账')],
  modes: buildModes({
    path: '/v1/campaigns/*/claims',
    declinable: false,
    endings: { succeeded: '红包到账' },
  }),
  handedOver: 'bank ask POST campaigns',
  judge: judgeBy({
    moves: { '****1234': 'a share' },
    results: { succeeded: '红包到账', failed: '红包已抢完' },
    kind: 'claim',
  }),
}

/** From the offer on: contract, code, money to the merchant. */
const drawdown: MoneyPath = {
  name: 'drawdown of a loan',
  place: 'bank',
  number: '+8613800000007',
  opening: '贷款上英语课',
  sights: [typeCode, tapOn('签署贷款合同', '签署合同'), waitAt('正在放款')],
  before: {
    sights: [
      waitAt('审核中', 60_000),
      typeCode,
      tapOn('确认授权', '签署征信授权'),
      tapIn('优惠', '不同意'),
      fillForm('周启明'),
      tapOn('申请', '同意', '签名授权'),
    ],
    until: '审批通过',
  },
  modes: buildModes({
    path: '/v1/offers/*/accept',
    shown: '/v1/drawdowns*',
    endings: { succeeded: '课程已开通', failed: '课程未开通' },
  }).filter(({ name }) => name !== 'wrong amount'),
  handedOver: 'bank ask POST offers',
  judge: judgeBy({
    moves: { 'river-bank': 1_880_000n },
    // The scene says it, once: a dialogue that has heard of a loan on its way is over before the money is there.
    results: { succeeded: '课程已开通', failed: '课程未开通', conflicted: '正在核对' },
    kind: { capability: 'consumer-loan', operation: 'finance' },
  }),
}

export const tillPaths: readonly MoneyPath[] = [page, refund, claim, drawdown]
