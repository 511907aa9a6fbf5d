import { intent } from '@inthread/sdk'
import { accountFlow } from './account/account-flow.ts'
import { billFlow } from './bills/bill-flow.ts'
import { transferFlow } from './transfer/transfer-flow.ts'
import { withdrawFlow } from './transfer/withdraw-flow.ts'
import { myVisitsFlow } from './visit/my-visits-flow.ts'
import { visitFlow } from './visit/visit-flow.ts'
import { readTopUp } from './words/read-top-up.ts'
import { readTransfer } from './words/read-transfer.ts'
import { readVisit } from './words/read-visit.ts'

const transfer = intent({
  flow: transferFlow,
  title: { 'zh-CN': '转账', en: 'Send money' },
  words: {
    'zh-CN': ['转账', '汇款', '我要转账', '手机号转账', '转钱'],
    en: ['transfer', 'send money', 'transfer money', 'money transfer'],
  },
  input: {},
  understand: (words: string) => readTransfer(words),
})

const withdraw = intent({
  flow: withdrawFlow,
  title: { 'zh-CN': '撤回转账', en: 'Take back a transfer' },
  words: { 'zh-CN': ['撤回转账', '撤销转账', '撤回'], en: ['take it back', 'take back a transfer', 'recall transfer'] },
  input: {},
})

const balance = intent({
  flow: accountFlow,
  title: { 'zh-CN': '余额', en: 'Balance' },
  words: {
    'zh-CN': ['余额', '查余额', '查询余额', '账户余额', '我的账户', '还有多少钱'],
    en: ['balance', 'my balance', 'account balance', 'my accounts', 'how much money do i have'],
  },
  input: { wants: 'balance' as const },
})

const entries = intent({
  flow: accountFlow,
  title: { 'zh-CN': '收支明细', en: 'Entries' },
  words: {
    'zh-CN': ['明细', '收支明细', '流水', '查明细', '交易明细'],
    en: ['entries', 'my entries', 'transactions', 'statement', 'my transactions'],
  },
  input: { wants: 'entries' as const },
})

const bills = intent({
  flow: billFlow,
  title: { 'zh-CN': '生活缴费', en: 'Pay bills' },
  words: { 'zh-CN': ['生活缴费', '缴费', '交费', '缴生活费'], en: ['bills', 'pay bills', 'pay a bill'] },
  input: {},
})

const topUp = intent({
  flow: billFlow,
  title: { 'zh-CN': '话费充值', en: 'Top up a phone' },
  words: { 'zh-CN': ['充话费', '话费充值', '交话费', '充值'], en: ['top up', 'top up my phone', 'phone credit'] },
  input: { category: 'phone' },
  understand: (words: string) => readTopUp(words),
})

const visit = intent({
  flow: visitFlow,
  title: { 'zh-CN': '预约网点', en: 'Book a branch visit' },
  words: {
    'zh-CN': ['预约', '预约网点', '网点预约', '预约取号'],
    en: ['book a visit', 'branch appointment', 'appointment', 'book a branch visit'],
  },
  input: {},
  understand: (words: string) => readVisit(words),
})

const myVisits = intent({
  flow: myVisitsFlow,
  title: { 'zh-CN': '我的预约', en: 'My visits' },
  words: { 'zh-CN': ['我的预约', '查预约', '取消预约', '改预约'], en: ['my visits', 'my appointments'] },
  input: {},
})

const oneBill = (
  category: 'water' | 'power' | 'gas' | 'insurance',
  title: { readonly 'zh-CN': string; readonly en: string },
  words: { readonly 'zh-CN': readonly string[]; readonly en: readonly string[] },
) => intent({ flow: billFlow, title, words, input: { category } })

/** Accounts, transfers, bills, visits. */
export const everydayIntents = {
  ...{ balance, entries, transfer, withdraw, bills, topUp, visit, myVisits },
  power: oneBill(
    'power',
    { 'zh-CN': '电费', en: 'Electricity bill' },
    { 'zh-CN': ['电费', '交电费', '缴电费'], en: ['electricity', 'electricity bill', 'power bill'] },
  ),
  water: oneBill(
    'water',
    { 'zh-CN': '水费', en: 'Water bill' },
    { 'zh-CN': ['水费', '交水费', '缴水费'], en: ['water', 'water bill'] },
  ),
  gas: oneBill(
    'gas',
    { 'zh-CN': '燃气费', en: 'Gas bill' },
    { 'zh-CN': ['燃气费', '煤气费', '交燃气费'], en: ['gas', 'gas bill'] },
  ),
  insurance: oneBill(
    'insurance',
    { 'zh-CN': '医保缴费', en: 'Medical insurance' },
    { 'zh-CN': ['医保', '交医保', '医保缴费'], en: ['medical insurance', 'health insurance'] },
  ),
}
