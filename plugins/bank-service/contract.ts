import { collection, days, defineContract, need, z } from '@inthread/sdk'
import { account, appointment, bills, transfer } from '@inthread/sdk/capabilities'
import { accountTexts } from './account/account-texts.ts'
import { billTexts } from './bills/bill-texts.ts'
import { topUpTexts } from './bills/top-up-texts.ts'
import { transferTexts } from './transfer/transfer-texts.ts'
import { visitTexts } from './visit/visit-texts.ts'
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

/** An account of the user with somebody who sends bills. */
export const meterSchema = z.strictObject({
  /** `power 13012340077`. */
  id: z.string(),
  biller: z.string(),
  account: z.string(),
})

export const contract = defineContract({
  id: 'bank-service',
  publisher: 'inthread',
  version: '1.0.0',
  host: '^0.1',
  locales: ['zh-CN', 'en'],
  title: { 'zh-CN': '银行服务', en: 'Banking' },
  config: z.strictObject({}),
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
  },
  emits: { delayed: delayedSchema },
  listens: { delayed: { plugin: 'bank-service', event: 'delayed', data: delayedSchema } },
  collections: {
    payees: collection(payeeSchema, { key: 'phone', dataClass: 'personal', ttlMs: days(400) }),
    delayed: collection(delayedSchema, { key: 'transfer', dataClass: 'personal', ttlMs: days(3) }),
    meters: collection(meterSchema, { key: 'id', dataClass: 'personal', ttlMs: days(800) }),
  },
  texts: { ...commonTexts, ...transferTexts, ...accountTexts, ...billTexts, ...topUpTexts, ...visitTexts },
})
