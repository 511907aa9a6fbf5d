import { Fault, moneySchema, z, type ContextOf, type StepOf } from '@inthread/sdk'
import { declineReasons, factSchema, policySchema } from '@inthread/sdk/capabilities'
import { productSchema } from '../catalogue.ts'
import type { contract } from '../contract.ts'

export const buyInput = z.strictObject({ product: z.string().optional(), policy: z.string().optional() })
export const buyResult = z.strictObject({ bound: z.boolean() })

const quoteSchema = z.object({
  id: z.string(),
  expiresAt: z.int(),
  amount: moneySchema,
  product: z.string(),
  name: z.string(),
  from: z.string(),
  to: z.string(),
  facts: z.array(factSchema),
})

export const buyState = z
  .strictObject({
    products: z.array(productSchema),
    product: z.string(),
    quote: quoteSchema,
    /** The premium that the user has seen last. */
    shown: z.string(),
    decision: z.enum(['yes', 'no']),
    /** Paid, and not bound yet. */
    waiting: z.boolean(),
    paid: z.boolean(),
    retry: z.enum(['again', 'later']),
    reason: z.enum(declineReasons),
    policy: policySchema,
  })
  .partial()

export type BuyState = z.infer<typeof buyState>
export type Quote = z.infer<typeof quoteSchema>

export type QuoteStep =
  | 'what'
  | 'readProducts'
  | 'askProduct'
  | 'sayNoneSold'
  | 'quote'
  | 'renewQuote'
  | 'moved'
  | 'sayMoved'
  | 'show'
  | 'decided'
  | 'sayNotRenewable'
  | 'sayNoAnswer'
  | 'sayLater'
  | 'end'

export type BindStep =
  | 'bind'
  | 'sayBinding'
  | 'sayChecking'
  | 'wait'
  | 'settled'
  | 'readPolicies'
  | 'found'
  | 'keep'
  | 'tell'
  | 'sayBound'
  | 'sayBoundPlain'
  | 'notBound'
  | 'sayPremiumBack'
  | 'askRetry'
  | 'sayStillOpen'
  | 'retried'
  | 'sayNotBound'

type Input = z.infer<typeof buyInput>
export type BuyStep = StepOf<typeof contract, BuyState, QuoteStep | BindStep, Input, z.infer<typeof buyResult>>
export type BuyContext = ContextOf<typeof contract, BuyState, Input>

export function getQuote({ quote }: BuyState): Quote {
  if (!quote) throw new Fault('platform.unexpected', { data: { step: 'insurance/buy: quote' } })
  return quote
}
