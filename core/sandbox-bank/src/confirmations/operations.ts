import type { Text } from '../quotes/terms.ts'

/** What a customer may be asked to confirm: what it is called, and what its payload must and may not name. */
export interface Operation {
  /** Stands in the message with the code, where no amount and payee say it all. */
  readonly title: Text
  /** `some`: more than nothing; `none`: the amount is "0"; `any`: as the quote has it. */
  readonly money: 'some' | 'none' | 'any'
  /** `account`: a method of the link; `none`: the word none; `any`: either. */
  readonly payer: 'account' | 'none' | 'any'
  readonly quote: 'needed' | 'allowed' | 'none'
  /** In minor units, where it is not the limit of a payment. */
  readonly mostMinor?: bigint
  /** Above it, only a signature of the SIM card will do. */
  readonly weakMostMinor?: bigint
}

const title = (zh: string, en: string): Text => ({ 'zh-CN': zh, en })

/** One line an operation; a collection of the API commits to what was confirmed as one of them. */
export const operations = {
  payment: { title: title('支付', 'payment'), money: 'some', payer: 'account', quote: 'none' },
  transfer: {
    title: title('手机号转账', 'transfer by phone number'),
    money: 'some',
    payer: 'account',
    quote: 'needed',
    mostMinor: 50_000_000n,
    weakMostMinor: 5_000_000n,
  },
  'bill-payment': { title: title('生活缴费', 'bill payment'), money: 'some', payer: 'account', quote: 'needed' },
  'top-up': { title: title('话费充值', 'phone top-up'), money: 'some', payer: 'account', quote: 'needed' },
  'account-view': { title: title('查询账户', 'viewing your accounts'), money: 'none', payer: 'none', quote: 'none' },
  'points-payment': {
    title: title('积分支付', 'payment with points'),
    money: 'some',
    payer: 'account',
    quote: 'needed',
  },
  'group-payment': { title: title('合并支付', 'joint payment'), money: 'some', payer: 'account', quote: 'needed' },
  'wallet-opening': { title: title('开立数字钱包', 'opening a wallet'), money: 'none', payer: 'none', quote: 'none' },
  'wallet-load': { title: title('钱包充值', 'loading your wallet'), money: 'some', payer: 'account', quote: 'needed' },
  'wallet-payment': { title: title('钱包支付', 'wallet payment'), money: 'some', payer: 'any', quote: 'needed' },
  'wallet-unload': {
    title: title('钱包提现', 'emptying your wallet'),
    money: 'some',
    payer: 'any',
    quote: 'needed',
  },
  loan: {
    title: title('签署贷款合同', 'signing the loan'),
    money: 'any',
    payer: 'any',
    quote: 'needed',
    mostMinor: 100_000_000n,
  },
  repayment: {
    title: title('还款', 'loan repayment'),
    money: 'some',
    payer: 'account',
    quote: 'needed',
    mostMinor: 100_000_000n,
  },
  card: {
    title: title('签约信用卡', 'signing for the card'),
    money: 'any',
    payer: 'any',
    quote: 'needed',
    mostMinor: 100_000_000n,
  },
  'credit-authorisation': {
    title: title('授权查询征信', 'authorising a credit check'),
    money: 'none',
    payer: 'none',
    quote: 'needed',
  },
  activation: { title: title('激活信用卡', 'activating your card'), money: 'none', payer: 'none', quote: 'needed' },
  instalments: { title: title('分期付款', 'paying in instalments'), money: 'any', payer: 'any', quote: 'needed' },
  wealth: {
    title: title('购买理财', 'buying a wealth product'),
    money: 'any',
    payer: 'any',
    quote: 'needed',
    mostMinor: 100_000_000n,
  },
  escrow: { title: title('担保付款', 'payment kept by the bank'), money: 'some', payer: 'account', quote: 'needed' },
  policy: { title: title('投保', 'buying insurance'), money: 'some', payer: 'account', quote: 'needed' },
  appointment: { title: title('预约网点', 'branch appointment'), money: 'none', payer: 'none', quote: 'allowed' },
} as const satisfies Record<string, Operation>

export type OperationName = keyof typeof operations

export const operationNames = Object.keys(operations) as OperationName[]

export function getOperation(name: OperationName): Operation {
  return operations[name]
}
