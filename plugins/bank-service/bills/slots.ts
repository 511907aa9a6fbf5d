import { moneySchema, z, type ContextOf, type StepOf } from '@inthread/sdk'
import { billerSchema, billSchema } from '@inthread/sdk/capabilities'
import { meterSchema, type contract } from '../contract.ts'

export const categories = ['water', 'power', 'gas', 'phone', 'insurance'] as const

/** What a sentence said; also what starts the flow. */
export const wishSchema = z.strictObject({
  category: z.enum(categories).optional(),
  amount: moneySchema.optional(),
})

export const stateSchema = z
  .strictObject({
    category: z.enum(categories),
    biller: billerSchema,
    meters: z.array(meterSchema),
    /** The number of the account with the biller. */
    meter: z.string(),
    /** All that are owed; of several the user picks one. */
    bills: z.array(billSchema),
    bill: billSchema,
    answer: z.enum(['pay', 'no']),
    again: z.boolean(),
    /** `own` or E.164. */
    phone: z.string(),
    amount: moneySchema,
    quote: z.strictObject({ id: z.string(), phone: z.string(), carrier: z.string() }),
    credit: z.enum(['topUp', 'amount', 'no']),
    retry: z.enum(['query', 'amount', 'no']),
    /** The bank has said that the money has left the account. */
    debited: z.boolean(),
    /** False when the bank does not know the user's own number. */
    linked: z.boolean(),
    result: z.enum(['succeeded', 'declined']),
  })
  .partial()

export type BillState = z.infer<typeof stateSchema>
export type BillWish = z.infer<typeof wishSchema>

export type FindNames =
  | 'askCategory'
  | 'billers'
  | 'kind'
  | 'readMeters'
  | 'askMeter'
  | 'query'
  | 'howMany'
  | 'askWhichBill'
  | 'whyNot'
  | 'sayNotAMeter'
  | 'sayNoBill'
export type PayNames =
  'wasPaid' | 'askAgain' | 'again' | 'askBill' | 'decided' | 'pay' | 'keepMeter' | 'askRetry' | 'retry' | 'sayNotAgain'
export type TopUpNames =
  | 'askNumber'
  | 'askCredit'
  | 'topUpQuote'
  | 'sayCreditLimited'
  | 'confirmCredit'
  | 'credited'
  | 'topUp'
  | 'askCreditRetry'
export type EndNames =
  | 'sayChecking'
  | 'settle'
  | 'settled'
  | 'saySettled'
  | 'wasDebited'
  | 'sayReturned'
  | 'sayFell'
  | 'sayOpen'
  | 'sayNotPaid'
  | 'sayQuiet'
  | 'sayUnreachable'
  | 'sayNotLinked'
  | 'sayCannotLook'
  | 'sayNotPossible'
  | 'end'

/** The flow is written over several files; this is how each of them gets the types of the whole. */
export type BillStep = StepOf<typeof contract, BillState, FindNames | PayNames | TopUpNames | EndNames, BillWish>
export type BillContext = ContextOf<typeof contract, BillState, BillWish>
