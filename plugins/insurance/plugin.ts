import { definePlugin, intent, reaction, type z } from '@inthread/sdk'
import { buyFlow } from './buy/buy-flow.ts'
import { remindFlow } from './buy/remind-flow.ts'
import { renewFlow } from './buy/renew-flow.ts'
import { claimFlow } from './claim/claim-flow.ts'
import { followFlow } from './claim/follow-flow.ts'
import { progressFlow } from './claim/progress-flow.ts'
import { contract, type boundSchema } from './contract.ts'

const buy = intent({
  flow: buyFlow,
  title: { 'zh-CN': '投保', en: 'Buy insurance' },
  words: { 'zh-CN': ['投保', '买保险', '保险'], en: ['insurance', 'buy insurance'] },
  input: {},
})

const renew = intent({
  flow: renewFlow,
  title: { 'zh-CN': '续保', en: 'Renew' },
  words: { 'zh-CN': ['续保', '一键续保'], en: ['renew', 'renew my policy'] },
  input: {},
})

const claim = intent({
  flow: claimFlow,
  title: { 'zh-CN': '报案', en: 'Report a claim' },
  words: { 'zh-CN': ['报案', '出险了', '理赔'], en: ['claim', 'report a claim'] },
  input: {},
})

const progress = intent({
  flow: progressFlow,
  title: { 'zh-CN': '理赔进度', en: 'My claim' },
  words: { 'zh-CN': ['理赔进度', '进度'], en: ['my claim', 'claim status'] },
  input: {},
})

export default definePlugin(contract, {
  flows: [buyFlow, claimFlow, followFlow, progressFlow, remindFlow, renewFlow],
  intents: { buy, renew, claim, progress },
  menu: ['buy', 'renew', 'claim', 'progress'],
  reactions: { bound: reaction({ flow: remindFlow, input: (data: z.infer<typeof boundSchema>) => data }) },
})
