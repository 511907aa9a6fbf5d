import { definePlugin, intent, reaction } from '@inthread/sdk'
import { billFlow } from './bill/bill-flow.ts'
import { borrowFlow } from './borrow-flow.ts'
import { cardFlow } from './card-flow.ts'
import { contract, type News } from './contract.ts'
import { giftFlow } from './gift-flow.ts'
import { repayFlow } from './repay-flow.ts'
import { readHowMuch } from './words/read-answer.ts'

export default definePlugin(contract, {
  flows: [repayFlow, billFlow, cardFlow, giftFlow, borrowFlow],
  intents: {
    repay: intent({
      flow: repayFlow,
      title: { 'zh-CN': '我的贷款', en: 'My loan' },
      words: { 'zh-CN': ['我的贷款', '贷款', '贷款还款', '还贷款'], en: ['my loan', 'loan', 'repay loan'] },
      input: {},
    }),
    borrow: intent({
      flow: borrowFlow,
      title: { 'zh-CN': '经营贷款', en: 'Business loan' },
      words: {
        'zh-CN': ['经营贷款', '我要贷款', '申请贷款', '借钱'],
        en: ['business loan', 'borrow', 'apply for a loan'],
      },
      input: {},
    }),
    howMuch: intent({
      flow: borrowFlow,
      title: { 'zh-CN': '我能贷多少', en: 'How much could I borrow' },
      words: {
        'zh-CN': ['我能贷多少', '能贷多少', '我能借多少', '贷款额度', '预估额度'],
        en: ['how much could i borrow', 'how much can i borrow', 'loan estimate'],
      },
      input: { first: 'estimate' },
      understand: readHowMuch,
    }),
    bill: intent({
      flow: billFlow,
      title: { 'zh-CN': '信用卡账单', en: 'Card bill' },
      words: {
        'zh-CN': ['信用卡账单', '账单分期', '信用卡还款', '还信用卡'],
        en: ['card bill', 'bill in parts', 'pay card bill'],
      },
      input: {},
    }),
    card: intent({
      flow: cardFlow,
      title: { 'zh-CN': '申请信用卡', en: 'Get a credit card' },
      words: {
        'zh-CN': ['申请信用卡', '办信用卡', '信用卡'],
        en: ['credit card', 'get a credit card', 'apply for a credit card'],
      },
      input: {},
    }),
    gift: intent({
      flow: giftFlow,
      title: { 'zh-CN': '新客礼', en: 'Welcome gift' },
      words: { 'zh-CN': ['新客礼', '领礼品'], en: ['welcome gift', 'gift'] },
      input: {},
    }),
  },
  menu: ['borrow', 'howMuch', 'repay', 'card', 'bill', 'gift'],
  reactions: {
    late: reaction({ flow: repayFlow, input: () => ({}) }),
    billed: reaction({ flow: billFlow, input: ({ id }: News) => ({ bill: id }) }),
  },
})
