import { definePlugin, intent } from '@inthread/sdk'
import { buyFlow } from './buy/buy-flow.ts'
import { contract } from './contract.ts'
import { mineFlow } from './mine-flow.ts'

export default definePlugin(contract, {
  flows: [buyFlow, mineFlow],
  intents: {
    buy: intent({
      flow: buyFlow,
      title: { 'zh-CN': '购物', en: 'Shop' },
      words: { 'zh-CN': ['购物', '买东西', '商品', '逛逛'], en: ['shop', 'buy', 'goods'] },
      input: {},
    }),
    mine: intent({
      flow: mineFlow,
      title: { 'zh-CN': '我的订单', en: 'My orders' },
      words: { 'zh-CN': ['我的订单', '订单'], en: ['my orders', 'orders'] },
      input: {},
    }),
  },
  menu: ['buy', 'mine'],
})
