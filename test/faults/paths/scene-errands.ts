import { sayTo, tapOn, typeCode, type Sight } from './sights.ts'

/** One thing that somebody wants of a scene, and the words that say it is done. */
export interface Wish {
  readonly opening: string
  readonly sights: readonly Sight[]
  readonly until: string
}

/** Wishes one after the other at one merchant, and what must have come of them. */
export interface SceneErrand {
  readonly name: string
  readonly tenant: string
  readonly bot: string
  /** How the customer came to where the story begins; nobody dies on that way. */
  readonly before?: Wish
  readonly wishes: readonly Wish[]
  readonly faults: readonly object[]
  /** What is left in the account afterwards, in minor units. */
  readonly left: string
  /** How often a code is asked for in the same words. */
  readonly codes: number
}

const lost = (path: string): object => ({ match: { method: 'POST', path }, do: 'timeout-after' })

/** New seat, difference, new ticket, old seat; then all of it back but for the fee of 29.48. */
const ticket = {
  ...{ tenant: 'northern-rail', bot: 'sip:106900000001@botplatform.rcs.vnet.cn', left: '309097', codes: 2 },
  before: {
    opening: '明天上午从成都到北京，一张二等座',
    sights: [typeCode, tapOn('确认支付', '支付', '选 G308', '对', '储蓄卡')],
    until: '出票成功',
  },
  wishes: [
    {
      opening: '改签到下午',
      sights: [typeCode, tapOn('确认支付', '确认改签', '选 G320', '储蓄卡')],
      until: '改签成功',
    },
    { opening: '退票', sights: [tapOn('确认退票')], until: '退票成功' },
  ],
}

const bill = {
  ...{ tenant: 'clear-water', bot: 'sip:106900000021@botplatform.rcs.vnet.cn', left: '303395', codes: 1 },
  wishes: [
    {
      opening: '电费',
      sights: [typeCode, tapOn('确认缴费', '缴费', '储蓄卡'), sayTo('电费户号', '13012340077')],
      until: '已销账',
    },
  ],
}

const policy = {
  ...{ tenant: 'steady-insurance', bot: 'sip:106900000031@botplatform.rcs.vnet.cn', left: '214045', codes: 1 },
  wishes: [
    { opening: '投保', sights: [typeCode, tapOn('确认投保', '声明属实', '车险报价', '储蓄卡')], until: '承保成功：' },
  ],
}

export const sceneErrands: readonly SceneErrand[] = [
  { name: 'ticket changed and returned', ...ticket, faults: [] },
  {
    name: 'ticket changed and returned, answers lost',
    ...ticket,
    faults: [lost('/v1/payments'), lost('/v1/payments/*/refunds')],
  },
  { name: 'bill paid', ...bill, faults: [] },
  { name: 'bill paid, answer lost', ...bill, faults: [lost('/v1/bill-payments')] },
  { name: 'insured', ...policy, faults: [] },
  { name: 'insured, answer lost', ...policy, faults: [lost('/v1/policies')] },
]
