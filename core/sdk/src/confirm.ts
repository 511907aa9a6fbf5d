import type { Money } from './money.ts'
import { cleanValue } from './message/clean.ts'
import { formatDateTime } from './message/moment.ts'
import { formatMoney, moneyToWire } from './money.ts'
import { instantToIso, type Instant } from './time.ts'

/**
 * What the user's will is bound to. Its canonical JSON (RFC 8785) is digested with SHA-256; a changed amount or payee
 * is another digest, which the bank refuses.
 */
export interface PaymentPayload {
  readonly v: 1
  readonly op: 'payment'
  readonly intent: string
  readonly bank: string
  readonly tenant: string
  /** Integer minor units. */
  readonly amount: string
  readonly currency: string
  readonly payee: { readonly id: string; readonly name: string; readonly account: string }
  readonly payer: string
  /** RFC 3339, seconds. */
  readonly expires: string
  readonly nonce: string
}

/** Everything the confirm card shows, as stored with the order. */
export interface ConfirmSheet {
  readonly payload: PaymentPayload
  readonly amount: Money
  readonly fee: Money
  readonly payer: { readonly label: string; readonly mask: string }
  readonly purpose: string
  readonly orderNumber: string
  readonly expiresAt: Instant
}

export interface ConfirmText {
  readonly title: string
  readonly description: string
  readonly confirm: string
  readonly cancel: string
}

export interface PayloadParts {
  readonly order: string
  readonly bank: string
  readonly tenant: string
  readonly amount: Money
  readonly payee: PaymentPayload['payee']
  readonly method: string
  readonly expiresAt: Instant
  readonly nonce: string
}

export function buildPaymentPayload(parts: PayloadParts): PaymentPayload {
  const { value, currency } = moneyToWire(parts.amount)
  return {
    v: 1,
    op: 'payment',
    intent: parts.order,
    bank: parts.bank,
    tenant: parts.tenant,
    amount: value,
    currency,
    payee: { id: parts.payee.id, name: parts.payee.name, account: parts.payee.account },
    payer: parts.method,
    expires: `${instantToIso(parts.expiresAt).slice(0, 19)}Z`,
    nonce: parts.nonce,
  }
}

const words = {
  'zh-CN': {
    title: '确认支付',
    rows: { payee: '收款方', payer: '付款账户', purpose: '用途', fee: '手续费', until: '请在此前确认', number: '单号' },
    colon: '：',
    note: '点“确认支付”后，银行会发来验证码；验证通过才会扣款。',
    confirm: '确认支付',
    cancel: '取消',
  },
  en: {
    title: 'Confirm payment',
    rows: { payee: 'Payee', payer: 'Paid from', purpose: 'For', fee: 'Fee', until: 'Confirm before', number: 'Order' },
    colon: ': ',
    note: 'After you confirm, the bank sends you a code. Money moves only when the code is right.',
    confirm: 'Confirm payment',
    cancel: 'Cancel',
  },
} as const

/** Pure: the same sheet gives the same text on every machine, so its digest proves what the user saw. */
export function renderConfirm(sheet: ConfirmSheet, locale: string, timeZone: string): ConfirmText {
  const text = locale.startsWith('zh') ? words['zh-CN'] : words.en
  const { payee } = sheet.payload
  const rows = [
    [text.rows.payee, cleanValue(`${payee.name} ${payee.account}`)],
    [text.rows.payer, cleanValue(`${sheet.payer.label} ${sheet.payer.mask}`)],
    // On one line, whatever it holds: a line break here could pass for a row of its own.
    [text.rows.purpose, cleanValue(sheet.purpose)],
    [text.rows.fee, formatMoney(sheet.fee)],
    [text.rows.until, formatDateTime(sheet.expiresAt, locale, timeZone)],
    [text.rows.number, sheet.orderNumber],
  ]
  return {
    title: `${text.title} ${formatMoney(sheet.amount)}`,
    description: [...rows.map(([label, value]) => `${label}${text.colon}${value}`), text.note].join('\n'),
    confirm: text.confirm,
    cancel: text.cancel,
  }
}

/** The labels of the two answers, in the order of their buttons. */
export function confirmLabels(locale: string): readonly [confirm: string, cancel: string] {
  const text = locale.startsWith('zh') ? words['zh-CN'] : words.en
  return [text.confirm, text.cancel]
}
