import { defineContract, need, z } from '@inthread/sdk'
import { payment } from '@inthread/sdk/capabilities'
import { collections } from './catalogue.ts'
import { offerTexts } from './texts/offer-texts.ts'

/** Where and when somebody travels: no more of them is known here. */
export const ticketedSchema = z.strictObject({ toCity: z.string(), date: z.string(), arrivesAt: z.int() })

export const contract = defineContract({
  id: 'hotel',
  publisher: 'inthread',
  version: '1.0.0',
  host: '^0.1',
  locales: ['zh-CN', 'en'],
  title: { 'zh-CN': '酒店', en: 'Hotels' },
  config: z.strictObject({
    perWeek: z
      .int()
      .min(1)
      .max(3)
      .default(3)
      .meta({
        title: 'Offers a week',
        description: 'To one user, at most.',
        'x-words': { 'zh-CN': { title: '每周推荐次数', description: '对同一位用户最多几次。' } },
      }),
  }),
  needs: {
    pay: need(payment, {
      range: '^1',
      purpose: { 'zh-CN': '支付您选择的酒店', en: 'Pay for the hotel you chose' },
    }),
  },
  listens: { ticketed: { plugin: 'travel', event: 'ticketed', data: ticketedSchema } },
  texts: offerTexts,
  collections,
})
