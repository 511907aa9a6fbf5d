import type { Bank } from '../app/bank.ts'
import { getConfirmation } from '../confirmations/confirmations.store.ts'
import { readPayload } from '../confirmations/payload.ts'
import { findDeedRow } from '../deeds/deeds.store.ts'
import { findPaymentOf } from '../payments/payments.store.ts'
import { text, type Text } from '../quotes/terms.ts'
import type { Entry } from './entries.store.ts'

/** What the customer reads beside the amount. */
export function nameEntry(bank: Bank, clientId: string, { about }: Entry): Text {
  if (about === undefined) return text('期初余额', 'Opening balance')
  const payment = findPaymentOf(bank.db, about)
  // What was bought from another client is not told to this one.
  if (payment && payment.clientId !== clientId) return text('消费', 'Purchase')
  if (payment) return text(readPayload(bank, getConfirmation(bank.db, clientId, payment.confirmationId)).payee.name)
  if (about.startsWith('cev_')) return text('刷卡消费', 'Card purchase')
  // The members of a group have its id and their place.
  return things[findDeedRow(bank, about.split('.')[0] ?? about)?.kind ?? ''] ?? text('银行业务', 'Bank transaction')
}

const things: Readonly<Record<string, Text>> = {
  refund: text('退款', 'Refund'),
  group_refund: text('退款', 'Refund'),
  transfer: text('转账', 'Transfer'),
  bill_payment: text('生活缴费', 'Bill payment'),
  top_up: text('话费充值', 'Phone top-up'),
  group: text('合并支付', 'Joint payment'),
  claim: text('红包', 'Red envelope'),
  wallet_load: text('钱包充值', 'Wallet load'),
  wallet_unload: text('钱包提现', 'Wallet withdrawal'),
  wallet_payment: text('钱包支付', 'Wallet payment'),
  transaction_notice: text('争议款项', 'Disputed amount'),
  drawdown: text('贷款发放', 'Loan'),
  loan_repayment: text('还款', 'Loan repayment'),
  instalment_plan: text('分期', 'Instalments'),
  wealth_order: text('理财', 'Wealth product'),
  policy: text('保险', 'Insurance'),
}
