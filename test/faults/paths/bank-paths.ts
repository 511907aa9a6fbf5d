import { hours } from '@inthread/sdk'
import { buildModes } from '../kit/modes.ts'
import { sayTo, tapIn, tapOn, typeCode, waitAt } from './sights.ts'
import { judgeBy } from './judge-by.ts'
import type { MoneyPath } from './money-path.ts'

const number = '+8613800000001'
const transfers = { path: '/v1/transfers', shown: '/v1/transfers*' }
const transferSights = [
  typeCode,
  tapOn('确认转账', '泸州银行', '是他/她'),
  sayTo('转多少钱', '500'),
  waitAt('转账已受理', hours(1), 3),
]
const sent = { capability: 'transfer', operation: 'send' }

/** Money goes to a phone number at once. */
const transfer: MoneyPath = {
  name: 'transfer',
  place: 'bank',
  number,
  opening: '转账给13900000000',
  sights: [tapIn('伍佰元整', '实时到账'), ...transferSights],
  modes: buildModes({
    ...transfers,
    endings: { succeeded: '转账成功', failed: '没有转账成功', conflicted: '正在核对' },
  }),
  handedOver: 'bank ask POST transfers',
  judge: judgeBy({
    moves: { '****1234': -50_000n },
    results: { succeeded: '转账成功', failed: '没有转账成功', conflicted: '正在核对' },
    kind: sent,
  }),
}

const arrived = { ending: '已转给', final: 'succeeded' } as const

/** It waits at the bank for two hours: what comes of it is told by notices alone. */
const delayed: MoneyPath = {
  ...transfer,
  name: 'delayed transfer, by notices',
  sights: [tapIn('伍佰元整', '2小时后'), ...transferSights],
  modes: [
    { name: 'ok', faults: [], ...arrived },
    {
      name: 'each notice twice',
      faults: [{ match: { path: 'transfer.*' }, do: 'duplicate-event', times: 20 }],
      ...arrived,
    },
    {
      name: 'no notice in order',
      faults: [{ match: { path: 'transfer.*' }, do: 'reorder-events', times: 2 }],
      ...arrived,
    },
  ],
  judge: judgeBy({
    moves: { '****1234': -50_000n },
    results: { succeeded: '已转给', failed: '没有转账成功' },
    kind: sent,
  }),
}

const bill: MoneyPath = {
  name: 'bill payment',
  place: 'bank',
  number,
  opening: '代缴一月电费',
  sights: [typeCode, tapOn('确认缴费')],
  modes: buildModes({
    path: '/v1/bill-payments',
    shown: '/v1/bill-payments*',
    endings: { succeeded: '电费已销账', failed: '电费未缴', conflicted: '正在核对' },
  }),
  handedOver: 'bank ask POST bill-payments',
  judge: judgeBy({
    moves: { '****1234': -8650n },
    results: { succeeded: '缴费成功', failed: '没有缴费成功', conflicted: '正在核对' },
    kind: { capability: 'bills', operation: 'pay' },
  }),
}

export const bankPaths: readonly MoneyPath[] = [transfer, delayed, bill]
