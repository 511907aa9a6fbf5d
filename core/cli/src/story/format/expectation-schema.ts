import { z } from 'zod'

const words = z.string().min(1)
const manyWords = z.union([words, z.array(words).min(1)])
const count = z.int().min(0).max(1000)
const money = z.strictObject({ value: z.string().regex(/^\d+$/), currency: z.string().regex(/^[A-Z]{3}$/) })
const changeMinor = z.string().regex(/^-?\d+$/, 'an amount in minor units as text, like "-55350"')

const hasMember = (value: object): boolean => Object.values(value).some((member) => member !== undefined)
const notEmpty = { error: 'at least one member' }

/** One message of the bot, the bank or the platform. */
export const expectedMessageSchema = z.union([
  words.describe('Words that the message contains.'),
  z
    .strictObject({
      speaker: z.enum(['merchant', 'bank', 'platform']).optional(),
      text: manyWords.optional().describe('Words that stand anywhere in it, cards included.'),
      without: manyWords.optional().describe('Words that stand nowhere in it.'),
      cards: z
        .union([count, z.array(manyWords)])
        .optional()
        .describe('How many, or words of each.'),
      buttons: z.array(words).optional().describe('Labels in their order, others may be between; [] means none.'),
    })
    .refine(hasMember, notEmpty),
])

const expectedPayment = z.strictObject({
  state: z.enum(['processing', 'succeeded', 'failed']).optional(),
  failure: words.optional().describe('The bank’s code, like insufficient_funds.'),
  amount: money.optional(),
  requests: count.optional().describe('How often the platform asked for it.'),
})

const expectedAccount = z
  .strictObject({ mask: words, changeMinor: changeMinor.optional(), heldMinor: changeMinor.optional() })
  .describe('By how much the balance and the held amount of an account have changed.')

const views = ['payments', 'payment', 'transfers', 'account'] as const

/** What the bank’s own books show, all of it since the story began. */
export const expectedBankSchema = z
  .strictObject({
    payments: count.optional().describe('How many payments there are.'),
    payment: expectedPayment.refine(hasMember, notEmpty).optional().describe('The newest payment.'),
    transfers: z
      .array(z.enum(['pending', 'post', 'void', 'single']))
      .optional()
      .describe('The kinds of all of them, in their order.'),
    account: expectedAccount.optional(),
  })
  .refine((entry) => views.filter((view) => entry[view] !== undefined).length === 1, {
    error: `exactly one of ${views.join(', ')}`,
  })

const expectedOrder = z.strictObject({
  nth: z.int().min(1).optional().describe('The n-th order the bank has named; the last one if left out.'),
  state: words.optional(),
  reason: words.nullable().optional(),
  amount: money.optional(),
  attempts: count.optional(),
  movements: z.array(words).optional().describe('Kinds, in their order.'),
})

const expectedBook = z.strictObject({ undecided: count.optional(), breaks: count.optional() })

/** What the platform knows, through its admin API. */
export const expectedStateSchema = z
  .strictObject({
    order: expectedOrder.refine(hasMember, notEmpty).optional(),
    book: expectedBook.refine(hasMember, notEmpty).optional().describe('How many more than at the beginning.'),
  })
  .refine(hasMember, notEmpty)

/** What holds when everything has come to rest. That the bank’s books add up to zero is looked at in every story. */
export const expectedFinalSchema = z.strictObject({
  debits: count.describe('How often a customer of the bank has been charged.'),
  orders: z.array(words).optional().describe('The states of all orders the bank has named.'),
  undecided: count.default(0),
  breaks: count.default(0),
})

export type ExpectedMessage = z.infer<typeof expectedMessageSchema>
export type ExpectedBank = z.infer<typeof expectedBankSchema>
export type ExpectedState = z.infer<typeof expectedStateSchema>
export type ExpectedFinal = z.infer<typeof expectedFinalSchema>
