import { moneySchema, z, type ContextOf, type StepOf } from '@inthread/sdk'
import { factSchema } from '@inthread/sdk/capabilities'
import { payeeSchema, type contract } from '../contract.ts'
import type { RememberFlow } from './remember-flow.ts'

const said = z.union([
  z.strictObject({ amount: moneySchema }),
  z.strictObject({ either: z.strictObject({ first: moneySchema, second: moneySchema }) }),
])

/** What a sentence said; also what starts the flow. */
export const wishSchema = z.strictObject({
  phone: z.string().optional(),
  nick: z.string().optional(),
  said: said.optional(),
})

export const stateSchema = z
  .strictObject({
    payees: z.array(payeeSchema),
    /** Those that the sentence may have meant. */
    meant: z.array(payeeSchema),
    who: z.strictObject({ phone: z.string(), nick: z.string().optional(), bank: z.string().optional() }),
    right: z.enum(['right', 'change']),
    banks: z.array(z.strictObject({ id: z.string(), name: z.string() })),
    /** `any`: the user does not know. */
    bank: z.string(),
    found: z.strictObject({
      quote: z.string(),
      until: z.int(),
      name: z.string(),
      account: z.string(),
      bank: z.string(),
      bankId: z.string(),
      first: z.boolean(),
      /** From here on the bank's page asks for the hidden character. */
      nameAskedFrom: moneySchema.optional(),
      /** What it costs and whatever else the bank says of it. */
      facts: z.array(factSchema).optional(),
    }),
    /** False when the bank does not know the user's own number. */
    linked: z.boolean(),
    isThem: z.enum(['yes', 'no']),
    said,
    amount: moneySchema,
    speed: z.enum(['realtime', '2h', 'nextDay', 'amount']),
    receipt: z.string(),
    transfer: z.string(),
    executes: z.int(),
    after: z.enum(['check', 'amount', 'stop']),
    result: z.enum(['succeeded', 'declined']),
    change: z.string(),
    withdrawn: z.boolean(),
  })
  .partial()

export type TransferState = z.infer<typeof stateSchema>
export type TransferWish = z.infer<typeof wishSchema>

type WhoStep = 'start' | 'readPayees' | 'whoKnown' | 'askDraft' | 'drafted' | 'askWhich' | 'sayUnknownNick' | 'askWho'
type FindStep = 'banks' | 'askBank' | 'lookup' | 'askThem' | 'isThem' | 'sayNotRegistered' | 'sayLimited' | 'whyNot'
type AmountStep = 'hasAmount' | 'askAmount' | 'heard' | 'askEither' | 'askSpeed' | 'spoken' | 'isFresh' | 'sayStale'
type SendStep = 'send' | 'keepDelayed' | 'tellDelayed' | 'sayChecking' | 'settle' | 'settled' | 'readDelayed'
type EndStep = 'askAfter' | 'after' | 'sayArrived' | 'sayFailed' | 'sayStillOpen' | 'remember'
type LateStep = 'waitReturn' | 'changed' | 'sayReturned' | 'wasWithdrawn'
type Farewell = 'sayNotSent' | 'sayQuiet' | 'sayUnreachable' | 'sayNotLinked' | 'sayCannotLook' | 'end'

export interface TransferNames {
  readonly who: WhoStep
  readonly find: FindStep
  readonly amount: AmountStep
  readonly send: SendStep
  readonly end: EndStep | LateStep | Farewell
}
type StepName = TransferNames[keyof TransferNames]

/** The flow is written over several files; this is how each of them gets the types of the whole. */
export type TransferStep = StepOf<
  typeof contract,
  TransferState,
  StepName,
  TransferWish,
  undefined,
  { remember: RememberFlow }
>
export type TransferContext = ContextOf<typeof contract, TransferState, TransferWish>
export type TransferSteps<K extends keyof TransferNames> = Readonly<Record<TransferNames[K], TransferStep>>
