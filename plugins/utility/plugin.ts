import { definePlugin, intent } from '@inthread/sdk'
import { accountsFlow } from './accounts-flow.ts'
import { contract } from './contract.ts'
import { payFlow } from './pay/pay-flow.ts'

const pay = intent({
  flow: payFlow,
  title: { 'zh-CN': '生活缴费', en: 'Pay a bill' },
  words: { 'zh-CN': ['生活缴费', '缴费', '交费'], en: ['bills', 'pay a bill', 'pay my bill'] },
  input: {},
})

const water = intent({
  flow: payFlow,
  title: { 'zh-CN': '水费', en: 'Water' },
  words: { 'zh-CN': ['水费', '缴水费', '交水费'], en: ['water', 'water bill', 'pay water'] },
  input: { biller: 'water' },
})

const power = intent({
  flow: payFlow,
  title: { 'zh-CN': '电费', en: 'Power' },
  words: { 'zh-CN': ['电费', '缴电费', '交电费'], en: ['power', 'power bill', 'electricity'] },
  input: { biller: 'power' },
})

const gas = intent({
  flow: payFlow,
  title: { 'zh-CN': '燃气费', en: 'Gas' },
  words: { 'zh-CN': ['燃气费', '缴燃气费', '交燃气费'], en: ['gas', 'gas bill', 'pay gas'] },
  input: { biller: 'gas' },
})

const accounts = intent({
  flow: accountsFlow,
  title: { 'zh-CN': '我的户号', en: 'My accounts' },
  words: { 'zh-CN': ['我的户号', '户号管理'], en: ['my accounts', 'saved accounts'] },
  input: {},
})

export default definePlugin(contract, {
  flows: [accountsFlow, payFlow],
  intents: { pay, water, power, gas, accounts },
  menu: ['pay', 'accounts'],
})
