import { defineContract, need, z } from '@inthread/sdk'
import { payment } from '@inthread/sdk/capabilities'
import { tickets } from './after/ticket.ts'
import { citySchema, collections } from './rail/collections.ts'
import { changeTexts } from './texts/change-texts.ts'
import { offerTexts } from './texts/offer-texts.ts'
import { paymentTexts } from './texts/payment-texts.ts'
import { returnTexts } from './texts/return-texts.ts'
import { searchTexts } from './texts/search-texts.ts'

/** What a tenant sets. Everything has a default, so that `{}` is a working configuration. */
export const configSchema = z.strictObject({
  popularCities: z
    .array(citySchema)
    .min(2)
    .max(8)
    .default(['chengdu', 'beijing', 'shanghai', 'guangzhou', 'xian', 'chongqing'])
    .meta({
      title: 'Cities offered as buttons',
      description: 'In this order, when a city is asked for.',
      'x-words': { 'zh-CN': { title: '按钮里的城市', description: '询问城市时按此顺序显示。' } },
    }),
  daysAhead: z
    .int()
    .min(1)
    .max(60)
    .default(60)
    .meta({
      title: 'Days on sale',
      description: 'How many days ahead a ticket can be bought.',
      'x-words': { 'zh-CN': { title: '预售天数', description: '最多可以提前多少天买票。' } },
    }),
  closeBeforeMinutes: z
    .int()
    .min(0)
    .max(240)
    .default(20)
    .meta({ title: 'Sale closes before departure (minutes)', 'x-words': { 'zh-CN': { title: '开车前多少分钟停售' } } }),
  confirmReading: z
    .boolean()
    .default(true)
    .meta({
      title: 'Confirm what was read',
      description: 'After a complete sentence, show what was understood and ask whether it is right.',
      'x-words': { 'zh-CN': { title: '复述确认', description: '用户说完整句话后，先复述理解的内容并请用户确认。' } },
    }),
  returnFeePercent: z
    .int()
    .min(0)
    .max(50)
    .default(5)
    .meta({
      title: 'Fee for returning a ticket (percent)',
      description: 'Of the fare; half a cent is rounded up.',
      'x-words': { 'zh-CN': { title: '退票费（百分比）', description: '按票价计算，四舍五入到分。' } },
    }),
  ticketOffice: z
    .string()
    .max(253)
    .optional()
    .meta({
      title: 'Ticket office',
      description:
        'The host that issues tickets, like tickets.example.com. Without one a seat that is paid is the ticket.',
      'x-words': {
        'zh-CN': {
          title: '出票系统',
          description: '出票的主机，例如 tickets.example.com。不填时，付款后的座位就是车票。',
        },
      },
    }),
})

export const contract = defineContract({
  id: 'travel',
  publisher: 'inthread',
  version: '1.1.0',
  host: '^0.1',
  locales: ['zh-CN', 'en'],
  title: { 'zh-CN': '火车票', en: 'Train tickets' },
  config: configSchema,
  needs: {
    pay: need(payment, {
      range: '^1',
      purpose: { 'zh-CN': '支付您选购的火车票', en: 'Pay for the train ticket you chose' },
    }),
  },
  secrets: {
    office: {
      purpose: { 'zh-CN': '出票系统的密钥', en: 'your key at the ticket office' },
      hosts: [{ config: 'ticketOffice' }],
    },
  },
  egress: {
    office: {
      host: { config: 'ticketOffice' },
      purpose: { 'zh-CN': '为您的座位出票', en: 'to have your seat issued' },
      data: ['personal'],
      answer: z.strictObject({ state: z.enum(['issued', 'refused', 'missing']) }),
      secret: 'office',
    },
  },
  /** For plugins of the same bot: where and when, and nothing of who. */
  emits: { ticketed: z.strictObject({ toCity: z.string(), date: z.string(), arrivesAt: z.int() }) },
  texts: { ...searchTexts, ...offerTexts, ...paymentTexts, ...changeTexts, ...returnTexts },
  collections: { ...collections, tickets },
})
