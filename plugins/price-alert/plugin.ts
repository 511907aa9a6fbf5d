import { definePlugin, intent, reaction } from '@inthread/sdk'
import { contract, type News } from './contract.ts'
import { endFlow, toldFlow } from './end-flow.ts'
import { setFlow } from './set-flow.ts'

export default definePlugin(contract, {
  flows: [setFlow, endFlow, toldFlow],
  intents: {
    set: intent({
      flow: setFlow,
      title: { 'zh-CN': '价格提醒', en: 'Price alert' },
      words: { 'zh-CN': ['价格提醒', '金价', '金价提醒'], en: ['price alert', 'gold price'] },
      input: {},
    }),
    end: intent({
      flow: endFlow,
      title: { 'zh-CN': '取消提醒', en: 'Cancel alert' },
      words: { 'zh-CN': ['取消提醒', '我的提醒'], en: ['cancel alert', 'my alerts'] },
      input: {},
    }),
  },
  menu: ['set', 'end'],
  reactions: { crossed: reaction({ flow: toldFlow, input: ({ id }: News) => ({ alert: id }) }) },
})
