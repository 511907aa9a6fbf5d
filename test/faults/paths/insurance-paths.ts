import { buildModes } from '../kit/modes.ts'
import { judgeBy } from './judge-by.ts'
import type { MoneyPath } from './money-path.ts'
import { tapOn, typeCode, waitAt } from './sights.ts'

const checked = '正在核对'
const results = { succeeded: '承保成功：', failed: '没有投保成功 ¥', conflicted: checked }
const insurer = { place: 'insurer', number: '+8613800000001', handedOver: 'bank ask POST policies' } as const
const insuring = [typeCode, tapOn('确认投保', '声明属实', '车险报价'), waitAt('正在等待承保')]
const bindModes = buildModes({
  path: '/v1/policies',
  endings: { succeeded: '承保成功：', failed: '没有投保成功：' },
})
const binding = { capability: 'insurance', operation: 'bind' }

const policy: MoneyPath = {
  ...{ ...insurer, name: 'insurance', opening: '投保', sights: insuring, modes: bindModes },
  judge: judgeBy({ moves: { '****1234': -98_000n }, results, kind: binding }),
}

export const insurancePaths: readonly MoneyPath[] = [policy]
