import { definePlugin, intent } from '@inthread/sdk'
import type { Flow, Plugin } from '@inthread/sdk/engine'
import { billFlow } from './bill-flow.ts'
import { envelopeCounter } from './envelope-counter.ts'
import { fillFlow, openFlow } from './envelope-flows.ts'
import { loanFlow } from './loan-flow.ts'
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
  flows: [teaFlow, billFlow, loanFlow, fillFlow, openFlow],
  intents: {
    tea: starting(teaFlow, '买茶', 'buy tea'),
    bill: starting(billFlow, '代缴电费', 'pay power'),
    loan: starting(loanFlow, '分期上课', 'learn by loan'),
    fill: starting(fillFlow, '装红包', 'fill envelopes'),
    open: starting(openFlow, '拆红包', 'open envelope'),
  },
})

/** What a platform brings along for the stories of `test/faults/paths`. */
export const tillPlugins: readonly Plugin[] = [till, envelopeCounter]
