import { definePlugin, intent, reaction } from '@inthread/sdk'
import { buyFlow } from './buy-flow.ts'
import { contract, type News } from './contract.ts'
import { mineFlow } from './mine-flow.ts'

export default definePlugin(contract, {
  flows: [buyFlow, mineFlow],
  intents: {
    buy: intent({
      flow: buyFlow,
      title: { 'zh-CN': '二手好物', en: 'Second-hand' },
      words: { 'zh-CN': ['二手好物', '二手', '闲置'], en: ['second-hand', 'second hand', 'used goods'] },
      input: {},
    }),
    mine: intent({
      flow: mineFlow,
      title: { 'zh-CN': '担保订单', en: 'Kept orders' },
      words: { 'zh-CN': ['担保订单', '确认收货', '收到货了'], en: ['kept orders', 'it has arrived'] },
      input: {},
    }),
  },
  menu: ['buy', 'mine'],
  reactions: {
    reminded: reaction({ flow: mineFlow, input: ({ id }: News) => ({ escrow: id, reminds: true }) }),
    closed: reaction({ flow: mineFlow, input: ({ id }: News) => ({ escrow: id }) }),
  },
})
