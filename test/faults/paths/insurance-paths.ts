import { days, hours, minutes } from '@inthread/sdk'
import type { Sandbox } from '../../kit/sandbox.ts'
import { buildModes } from '../kit/modes.ts'
import { judgeBy } from './judge-by.ts'
import type { MoneyPath } from './money-path.ts'
import { sayTo, tapOn, typeCode, waitAt } from './sights.ts'

const checked = '正在核对'
const results = { succeeded: '承保成功：', failed: '没有投保成功 ¥', conflicted: checked }
const insurer = { place: 'insurer', number: '+8613800000001', handedOver: 'bank ask POST policies' } as const
const insuring = [typeCode, tapOn('确认投保', '声明属实', '车险报价'), waitAt('正在等待承保')]
const bindModes = buildModes({
  path: '/v1/policies',
  // Told otherwise where it was not known for a while, and by the bank without the name.
  endings: { succeeded: '承保成功：', failed: '机动车商业险没有投保成功' },
})
const binding = { capability: 'insurance', operation: 'bind' }

const policy: MoneyPath = {
  ...{ ...insurer, name: 'insurance', opening: '投保', sights: insuring, modes: bindModes },
  judge: judgeBy({ moves: { '****1234': -98_000n }, results, kind: binding }),
}

/** Most of the year goes by, and the next one costs more. */
async function nearTheEnd({ house, street }: Sandbox): Promise<void> {
  const answer = await fetch(`${street.bankUrl}/sandbox/moods/insurer:car-insurance:premium`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ mood: '103500' }),
  })
  if (!answer.ok) throw new Error(`the premium stays as it is: ${await answer.text()}`)
  await house.advance(days(337))
}

/** By one tap on what is said thirty days before the end. */
const renewal: MoneyPath = {
  ...{ ...insurer, name: 'insurance renewed', opening: '续保', modes: bindModes },
  earlier: [{ opening: '投保', sights: insuring, until: '承保成功：' }],
  before: { happens: nearTheEnd, sights: [], until: '去年方案保费' },
  sights: [...insuring, tapOn('一键续保')],
  judge: judgeBy({ moves: { '****1234': -103_500n }, results, kind: binding }),
}

/** What was reported is paid once the insured has agreed to the amount. */
const claim: MoneyPath = {
  ...{ name: 'claim agreed to', place: 'insurer', number: insurer.number, opening: '理赔进度' },
  earlier: [{ opening: '投保', sights: insuring, until: '承保成功：' }],
  before: {
    opening: '报案',
    sights: [
      waitAt('已报案', minutes(3)),
      tapOn('提交报案'),
      sayTo('大约多少元', '3200'),
      sayTo('说明经过', '倒车时剐到了立柱'),
      sayTo('哪天发生的', '今天'),
      sayTo('出了什么事', '碰撞剐蹭'),
    ],
    until: '可赔付',
  },
  // News that comes while the answer is still awaited is found by the next look, some hours later.
  sights: [waitAt('已同意', hours(1)), waitAt('保险公司还没有答复', hours(1)), tapOn('同意赔付')],
  modes: buildModes({
    path: '/v1/insurance-claims/*/agree',
    declinable: false,
    endings: { succeeded: '已到账' },
  }),
  handedOver: 'bank ask POST insurance-claims',
  judge: judgeBy({
    moves: { '****1234': 320_000n },
    results: { succeeded: '已到账' },
    kind: { asked: 'agree', within: 'follow' },
  }),
}

export const insurancePaths: readonly MoneyPath[] = [policy]
export const renewalPaths: readonly MoneyPath[] = [renewal]
export const claimPaths: readonly MoneyPath[] = [claim]
