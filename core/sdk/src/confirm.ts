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
  /** `payment`, or what the capability's `confirm` calls it. */
  readonly op: string
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
  /** The bank's quote that is taken up, and the digest of what it says ({@link canonicalTerms}). */
  readonly quote?: string
  readonly terms?: string
}

/** One row of a confirm card. */
export interface ConfirmFact {
  readonly label: string
  readonly value: string
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
  /** Title and button, per locale; a payment's when left out. */
  readonly title?: Readonly<Record<string, string>>
  /** Stands beside the amount: a loan's annual rate is as large as what is borrowed. */
  readonly headline?: string
  /** What the bank's quote says, in the user's language. */
  readonly facts?: readonly ConfirmFact[]
  /** Who is paid is not shown where nobody is. */
  readonly hidesPayee?: boolean
}

export interface ConfirmText {
  readonly title: string
  readonly description: string
  readonly confirm: string
  readonly cancel: string
}

export interface PayloadParts {
  /** `payment` when left out. */
  readonly op?: string
  readonly quote?: { readonly id: string; readonly terms: string }
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
    op: parts.op ?? 'payment',
    intent: parts.order,
    bank: parts.bank,
    tenant: parts.tenant,
    amount: value,
    currency,
    payee: { id: parts.payee.id, name: parts.payee.name, account: parts.payee.account },
    payer: parts.method,
    expires: `${instantToIso(parts.expiresAt).slice(0, 19)}Z`,
    nonce: parts.nonce,
    ...(parts.quote === undefined ? {} : { quote: parts.quote.id, terms: parts.quote.terms }),
  }
}

const words = {
  'zh-CN': {
    title: '确认支付',
    rows: {
      payee: '收款方',
      payer: '付款账户',
      purpose: '用途',
      subject: '购买内容',
      fee: '手续费',
      until: '请在此前确认',
      number: '单号',
    },
    colon: '：',
    note: '点“确认支付”后，银行会发来验证码；验证通过才会扣款。',
    otherNote: (title: string) => `点“${title}”后，银行会核实是您本人；核实通过才会办理。`,
    confirm: '确认支付',
    cancel: '取消',
  },
  en: {
    title: 'Confirm payment',
    rows: {
      payee: 'Payee',
      payer: 'Paid from',
      purpose: 'For',
      subject: 'For',
      fee: 'Fee',
      until: 'Confirm before',
      number: 'Order',
    },
    colon: ': ',
    note: 'After you confirm, the bank sends you a code. Money moves only when the code is right.',
    otherNote: () => 'After you confirm, the bank makes sure that it is you. Nothing is done before.',
    confirm: 'Confirm payment',
    cancel: 'Cancel',
  },
} as const

/** Pure: the same sheet gives the same text on every machine, so its digest proves what the user saw. */
export function renderConfirm(sheet: ConfirmSheet, locale: string, timeZone: string): ConfirmText {
  const text = wordsOf(locale)
  const title = sheet.title && cleanValue(pickTitle(sheet.title, locale))
  const rows = listRows(sheet, locale, timeZone)
  const colon = text.colon
  const amount = sheet.amount.amountMinor === 0n ? undefined : formatMoney(sheet.amount)
  const headline = [amount, sheet.headline].filter((part) => part !== undefined).join(' · ')
  return {
    title: `${title ?? text.title} ${headline}`.trimEnd(),
    description: [
      ...rows.map(({ label, value }) => `${label}${colon}${value}`),
      title === undefined ? text.note : text.otherNote(title),
    ].join('\n'),
    confirm: title ?? text.confirm,
    cancel: text.cancel,
  }
}

/** On one line each, whatever a value holds: a line break in it could pass for a row of its own. */
function listRows(sheet: ConfirmSheet, locale: string, timeZone: string): readonly ConfirmFact[] {
  const { rows } = wordsOf(locale)
  const { payee } = sheet.payload
  const charged = sheet.payload.payer !== 'none'
  const moves = sheet.amount.amountMinor !== 0n
  return [
    ...(sheet.hidesPayee ? [] : [{ label: rows.payee, value: cleanValue(`${payee.name} ${payee.account}`) }]),
    ...(charged ? [{ label: rows.payer, value: cleanValue(`${sheet.payer.label} ${sheet.payer.mask}`) }] : []),
    ...(sheet.facts ?? []).map(({ label, value }) => ({ label: cleanValue(label), value: cleanValue(value) })),
    // The bank's own row of that name says what the credit is for, ours what is bought with it.
    ...(isPurposeSaid(sheet)
      ? []
      : [{ label: says(sheet, rows.purpose) ? rows.subject : rows.purpose, value: cleanValue(sheet.purpose) }]),
    // A bank that states its fee is not repeated.
    ...(moves && !says(sheet, rows.fee) ? [{ label: rows.fee, value: formatMoney(sheet.fee) }] : []),
    { label: rows.until, value: formatDateTime(sheet.expiresAt, locale, timeZone) },
    { label: rows.number, value: sheet.orderNumber },
  ]
}

/** A commit may need no purpose, or the bank's quote names the very same. */
function isPurposeSaid({ title, purpose, facts = [] }: ConfirmSheet): boolean {
  return (title !== undefined && purpose === '') || facts.some(({ value }) => cleanValue(value) === cleanValue(purpose))
}

function says({ facts = [] }: ConfirmSheet, label: string): boolean {
  return facts.some((fact) => cleanValue(fact.label) === label)
}

function wordsOf(locale: string): (typeof words)['zh-CN'] | (typeof words)['en'] {
  return locale.startsWith('zh') ? words['zh-CN'] : words.en
}

function pickTitle(title: Readonly<Record<string, string>>, locale: string): string {
  return title[locale] ?? title[locale.startsWith('zh') ? 'zh-CN' : 'en'] ?? Object.values(title)[0] ?? ''
}

/** The labels of the two answers, in the order of their buttons. */
export function confirmLabels(
  locale: string,
  title?: Readonly<Record<string, string>>,
): readonly [confirm: string, cancel: string] {
  const text = wordsOf(locale)
  return [title === undefined ? text.confirm : cleanValue(pickTitle(title, locale)), text.cancel]
}
