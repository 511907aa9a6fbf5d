import { intent, type Intent } from '@inthread/sdk'
import { cardsFlow } from './cards/cards-flow.ts'
import { spentFlow } from './cards/spent-flow.ts'
import { envelopeFlow } from './wallet/envelope-flow.ts'
import { pointsFlow } from './wallet/points-flow.ts'
import { walletFlow } from './wallet/wallet-flow.ts'
import { buyFlow } from './wealth/buy-flow.ts'
import { cancelOrderFlow } from './wealth/cancel-order-flow.ts'
import { holdingsFlow } from './wealth/holdings-flow.ts'

/** Cards, wallet, points, red envelopes, wealth. */
export const moreIntents: Readonly<Record<string, Intent>> = {
  cards: intent({
    flow: cardsFlow,
    title: { 'zh-CN': '我的卡', en: 'My cards' },
    words: { 'zh-CN': ['我的卡', '绑卡', '绑定银行卡', '换默认卡', '解绑'], en: ['my cards', 'add a card', 'cards'] },
    input: {},
  }),
  deny: intent({
    flow: spentFlow,
    title: { 'zh-CN': '不是我消费', en: 'It was not me' },
    words: {
      'zh-CN': ['不是我', '不是我刷的', '不是我消费', '盗刷'],
      en: ['not me', 'it was not me', 'this was not me'],
    },
    input: {},
  }),
  wallet: intent({
    flow: walletFlow,
    title: { 'zh-CN': '数字钱包', en: 'Digital wallet' },
    words: { 'zh-CN': ['数字钱包', '钱包', '数字人民币'], en: ['wallet', 'digital wallet'] },
    input: {},
  }),
  points: intent({
    flow: pointsFlow,
    title: { 'zh-CN': '积分', en: 'Points' },
    words: { 'zh-CN': ['积分', '我的积分', '查积分'], en: ['points', 'my points'] },
    input: {},
  }),
  envelope: intent({
    flow: envelopeFlow,
    title: { 'zh-CN': '领红包', en: 'Red envelope' },
    words: { 'zh-CN': ['红包', '领红包', '拆红包'], en: ['red envelope'] },
    input: {},
  }),
  wealth: intent({
    flow: buyFlow,
    title: { 'zh-CN': '理财', en: 'Wealth products' },
    words: { 'zh-CN': ['理财', '买理财', '理财产品'], en: ['wealth', 'wealth products', 'invest'] },
    input: {},
  }),
  holdings: intent({
    flow: holdingsFlow,
    title: { 'zh-CN': '我的理财', en: 'My wealth products' },
    words: { 'zh-CN': ['我的理财', '持仓'], en: ['my holdings', 'holdings'] },
    input: {},
  }),
  cancelOrder: intent({
    flow: cancelOrderFlow,
    title: { 'zh-CN': '撤单', en: 'Cancel an order' },
    words: { 'zh-CN': ['撤单', '撤销购买'], en: ['cancel the order', 'cancel my order'] },
    input: {},
  }),
}
