import { defineWords } from './define-words.ts'

/** What the bank does for people; one that a package brings along goes by its own name. */
export const capabilityWords = defineWords(
  {
    payment: '支付',
    transfer: '转账',
    'consumer-loan': '消费贷款',
    'credit-card': '信用卡',
    bills: '生活缴费',
    account: '账户查询',
    'account-read': '账户查询',
    instalment: '分期',
    'instalment-plan': '分期',
    'gold-saving': '积存金',
    visit: '网点预约',
    appointment: '网点预约',
    envelope: '红包',
  },
  {
    payment: 'Payment',
    transfer: 'Transfer',
    'consumer-loan': 'Consumer loan',
    'credit-card': 'Credit card',
    bills: 'Bills',
    account: 'Account',
    'account-read': 'Account',
    instalment: 'Instalments',
    'instalment-plan': 'Instalments',
    'gold-saving': 'Gold saving',
    visit: 'Branch visit',
    appointment: 'Branch visit',
    envelope: 'Envelope',
  },
)
