import { money, z, type Money } from '@inthread/sdk'

/** How many messages one answer may bring. The flow has a step for each. */
const messagesAtMost = 3

const message = z.strictObject({
  title: z.string().min(1).max(60).optional(),
  text: z.string().min(1).max(500),
})

const question = z.strictObject({
  text: z.string().min(1).max(300),
  options: z
    .array(z.strictObject({ label: z.string().min(1).max(25), value: z.string().min(1).max(100) }))
    .max(4)
    .default([]),
  /** Whether the user may also answer in words. */
  words: z.boolean().default(true),
})

const payment = z.strictObject({
  /** Decimal, like `12.50`. */
  amount: z.string().max(15),
  currency: z.string().min(3).max(3),
  /** What is bought; stands on the bank's confirm card. */
  purpose: z.string().min(1).max(60),
  /** The merchant's own name of the purchase, which comes back with the outcome. */
  reference: z.string().min(1).max(64),
})

/**
 * What a merchant's server may answer, and all of it: texts that stand in templates of ours, and one payment that the
 * bank asks the user about. An empty answer, or `null`, says nothing.
 */
export const answerSchema = z
  .strictObject({
    messages: z.array(message).max(messagesAtMost).default([]),
    ask: question.optional(),
    pay: payment.optional(),
  })
  .nullable()

export type Answer = z.infer<typeof answerSchema>
export type Message = z.infer<typeof message>

/** The amount, or undefined for what is none: not a decimal, not more than nothing, a currency nobody knows. */
export function findAmount(answer: Answer): Money | undefined {
  if (!answer?.pay) return undefined
  try {
    const amount = money(answer.pay.amount, answer.pay.currency)
    return amount.amountMinor > 0n ? amount : undefined
  } catch {
    return undefined
  }
}

/** Texts in which nothing can be seen are no messages. */
export function listMessages(answer: Answer): readonly Message[] {
  return (answer?.messages ?? []).filter(({ text }) => isVisible(text))
}

export function isVisible(text: string): boolean {
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(text)
}
