import { addMs, cardMessage, holdSchema, hours, listPick, reply, z, type Content, type ContextOf } from '@inthread/sdk'
import { itemSchema, priceOf, type Item } from './collections.ts'
import type { contract } from './contract.ts'

export const courseSlots = z
  .strictObject({
    found: z.array(itemSchema),
    item: itemSchema,
    pick: listPick(itemSchema),
    page: z.number(),
    hold: holdSchema,
    /** How it is paid; asked anew when a loan comes to nothing. */
    way: z.enum(['all', 'loan', 'leave']),
    /** A loan was tried and came to nothing. */
    noLoan: z.boolean(),
    /** Whether to pay in full where there are no loans at all. */
    full: z.enum(['yes', 'no']),
    /** The price that was shown, where it has changed since. */
    before: z.string(),
    closed: z.boolean(),
    /** The bank has refused the payment. */
    refused: z.boolean(),
    receipt: z.string(),
    by: z.enum(['payment', 'loan']),
    paid: z.boolean(),
    reason: z.string(),
  })
  .partial()

export type CourseSlots = z.infer<typeof courseSlots>
export type CourseContext = ContextOf<typeof contract, CourseSlots, { months?: number | undefined }>

const none: Item = { id: '', name: '', amount: '0.00', currency: 'CNY' }
export const courseOf = ({ state }: CourseContext): Item => state.item ?? none
export const noHold = { id: '', unit: 0, until: 0 }

/** A card with the price; after a loan that came to nothing, the same question without it. */
export function askHowToPay(context: CourseContext): Content<'all' | 'loan' | 'leave'> {
  const { t, state } = context
  const { name, months = 1 } = courseOf(context)
  return cardMessage({
    title: t('howToPay', { name, months, amount: priceOf(courseOf(context)) }),
    description: t(state.refused ? 'notYetPaid' : state.noLoan ? 'notByLoan' : 'howToPayBody'),
    suggestions: [
      reply(t('payAll'), 'all' as const),
      ...(state.noLoan ? [] : [reply(t('byLoan'), 'loan' as const)]),
      reply(t('noCourse'), 'leave' as const),
    ],
  })
}

/** What both ways of paying have in common. */
export function orderOf(context: CourseContext) {
  const { name, months = 1 } = courseOf(context)
  const { state, now, locale } = context
  const purpose = locale === 'en' ? `${name}, ${months} months` : `${name} ${months} 个月`
  return {
    amount: priceOf(courseOf(context)),
    purpose: purpose.slice(0, 60),
    expiresAt: state.hold?.until ?? addMs(now, hours(1)),
  }
}
