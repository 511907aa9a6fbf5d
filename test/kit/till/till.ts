import { definePlugin, intent } from '@inthread/sdk'
import type { Flow, Plugin } from '@inthread/sdk/engine'
import { billFlow } from './bill-flow.ts'
import { envelopeCounter } from './envelope-counter.ts'
import { fillFlow, openFlow } from './envelope-flows.ts'
import { loanFlow } from './loan-flow.ts'
import { pointsFlow } from './points-flow.ts'
import { teaFlow } from './tea-flow.ts'
import { contract } from './till-contract.ts'

const starting = (flow: Flow<Record<string, never>>, chinese: string, english: string) =>
  intent({
    flow,
    title: { 'zh-CN': chinese, en: english },
    words: { 'zh-CN': [chinese], en: [english] },
    input: {},
  })

const till: Plugin = definePlugin(contract, {
  flows: [teaFlow, billFlow, loanFlow, pointsFlow, fillFlow, openFlow],
  intents: {
    tea: starting(teaFlow, '来杯乌龙茶', 'buy tea'),
    bill: starting(billFlow, '代缴一月电费', 'pay power'),
    loan: starting(loanFlow, '贷款上英语课', 'learn by loan'),
    points: starting(pointsFlow, '积分买茶杯', 'buy a cup with points'),
    fill: starting(fillFlow, '装开业礼包', 'fill envelopes'),
    open: starting(openFlow, '拆开业礼包', 'open envelope'),
  },
})

/** What a platform brings along for the stories of `test/faults/paths`. */
export const tillPlugins: readonly Plugin[] = [till, envelopeCounter]
