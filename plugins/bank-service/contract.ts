import { collection, days, defineContract, need, z } from '@inthread/sdk'
import {
  account,
  appointment,
  bills,
  cardBinding,
  cardNotice,
  envelope,
  points,
  transfer,
  wallet,
  wealth,
} from '@inthread/sdk/capabilities'
import { accountTexts } from './account/account-texts.ts'
import { billTexts } from './bills/bill-texts.ts'
import { topUpTexts } from './bills/top-up-texts.ts'
import { transferTexts } from './transfer/transfer-texts.ts'
import { visitTexts } from './visit/visit-texts.ts'
import { cardTexts } from './cards/card-texts.ts'
import { walletTexts } from './wallet/wallet-texts.ts'
import { wealthTexts } from './wealth/wealth-texts.ts'
import { commonTexts } from './common-texts.ts'

/** Somebody whom the user has sent money to; name and account as the bank masks them. */
export const payeeSchema = z.strictObject({
  /** E.164. */
  phone: z.string(),
  /** What the user calls them. */
  nick: z.string().max(12).optional(),
  name: z.string(),
  bank: z.string().optional(),
})

/** A transfer that has not gone yet. */
export const delayedSchema = z.strictObject({
  transfer: z.string(),
  /** Decimal. */
  amount: z.string(),
  name: z.string(),
  /** Until then it can be taken back. */
  until: z.int(),
  withdrawn: z.boolean(),
})

/** A wealth product that the bank has taken the order for. */
export const wealthOrderSchema = z.strictObject({
  order: z.string(),
  name: z.string(),
  /** Decimal. */
  amount: z.string().optional(),
  /** The user has taken it back, or is about to: what becomes of it is told there. */
  withdrawn: z.boolean().optional(),
  /** The bank has confirmed or rejected it: there is nothing left to cancel. */
  over: z.boolean().optional(),
})

/** A visit whose end is told elsewhere: the user has cancelled it, or is about to, or its cash is being ordered. */
const visitEndSchema = z.strictObject({ appointment: z.string() })

/** An account of the user with somebody who sends bills. */
export const meterSchema = z.strictObject({
  /** `power 13012340077`. */
  id: z.string(),
  biller: z.string(),
  account: z.string(),
})

/** What the bank tells by itself: which of its resources has changed. Everything else is asked of it. */
export const newsSchema = z.strictObject({ id: z.string(), state: z.string() })

export const contract = defineContract({
  id: 'bank-service',
  publisher: 'inthread',
  version: '1.0.0',
  host: '^0.1',
  locales: ['zh-CN', 'en'],
  title: { 'zh-CN': '银行服务', en: 'Banking' },
  config: z.strictObject({
    campaign: z
      .string()
      .max(64)
      .default('')
      .meta({
        title: 'Red envelopes',
        description: "The bank's name of the campaign; empty while there is none.",
        'x-words': { 'zh-CN': { title: '红包活动', description: '银行的活动名；没有活动时留空。' } },
      }),
  }),
  needs: {
    transfer: need(transfer, {
      range: '^1',
      purpose: { 'zh-CN': '按手机号转账', en: 'to send money to a phone number' },
    }),
    account: need(account, {
      range: '^1',
      purpose: { 'zh-CN': '查询您的账户', en: 'to show you your accounts' },
    }),
    bills: need(bills, {
      range: '^1',
      purpose: { 'zh-CN': '为您缴费和充值', en: 'to pay your bills and top up phones' },
    }),
    appointment: need(appointment, {
      range: '^1',
      purpose: { 'zh-CN': '预约网点', en: 'to book visits to a branch' },
    }),
    cardNotice: need(cardNotice, {
      range: '^1',
      purpose: { 'zh-CN': '确认刷卡消费是不是您本人', en: 'to ask whether a purchase was yours' },
    }),
    cardBinding: need(cardBinding, {
      range: '^1',
      purpose: { 'zh-CN': '管理可用的卡', en: 'to manage the cards that may pay here' },
    }),
    wallet: need(wallet, {
      range: '^1',
      purpose: { 'zh-CN': '数字人民币钱包', en: 'for your digital wallet' },
    }),
    points: need(points, {
      range: '^1',
      purpose: { 'zh-CN': '查询积分', en: 'to show your points' },
    }),
    envelope: need(envelope, {
      range: '^1',
      purpose: { 'zh-CN': '领取红包', en: 'to open red envelopes' },
    }),
    wealth: need(wealth, {
      range: '^1',
      purpose: { 'zh-CN': '购买理财产品', en: 'to buy wealth products' },
    }),
  },
  emits: { delayed: delayedSchema },
  listens: {
    delayed: { plugin: 'bank-service', event: 'delayed', data: delayedSchema },
    spent: { plugin: 'bank', event: 'transaction_notice.notified', data: newsSchema, urgent: true },
    credited: { plugin: 'bank', event: 'transaction_notice.provisional_credit', data: newsSchema },
    won: { plugin: 'bank', event: 'transaction_notice.resolved_won', data: newsSchema },
    lost: { plugin: 'bank', event: 'transaction_notice.resolved_lost', data: newsSchema },
    reminded: { plugin: 'bank', event: 'appointment.reminder', data: newsSchema, urgent: true },
    calledOff: { plugin: 'bank', event: 'appointment.cancelled', data: newsSchema, urgent: true },
  },
  collections: {
    payees: collection(payeeSchema, { key: 'phone', dataClass: 'personal', ttlMs: days(400) }),
    delayed: collection(delayedSchema, { key: 'transfer', dataClass: 'personal', ttlMs: days(3) }),
    claims: collection(z.strictObject({ claim: z.string() }), { key: 'claim', dataClass: 'personal', ttlMs: days(60) }),
    wealthOrders: collection(wealthOrderSchema, {
      ...{ key: 'order', dataClass: 'personal', ttlMs: days(30), version: 2 },
      // An order of before says no amount, and nobody has marked it as over.
      upgrades: { 1: (document) => document },
    }),
    visits: collection(visitEndSchema, { key: 'appointment', dataClass: 'personal', ttlMs: days(60) }),
    meters: collection(meterSchema, { key: 'id', dataClass: 'personal', ttlMs: days(800) }),
  },
  texts: {
    ...{ ...commonTexts, ...transferTexts, ...accountTexts, ...billTexts, ...topUpTexts, ...visitTexts },
    ...{ ...cardTexts, ...walletTexts, ...wealthTexts },
  },
})
