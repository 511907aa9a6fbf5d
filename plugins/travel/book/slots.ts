import { holdSchema, moneySchema, z, type ContextOf, type StepOf } from '@inthread/sdk'
import { declineReasons } from '@inthread/sdk/capabilities'
import { givenBack, type giveBack } from '../after/give-back.ts'
import type { issue } from '../after/issue.ts'
import type { contract } from '../contract.ts'
import { citySchema, seatClassSchema, seatSchema, trainSchema } from '../rail/collections.ts'
import { dayParts } from '../rail/names.ts'
import type { StepName } from './step-names.ts'

const wishShape = {
  fromCity: citySchema.optional(),
  toCity: citySchema.optional(),
  /** `2026-03-06`, in the tenant's zone. */
  date: z.iso.date().optional(),
  dayPart: z.enum(dayParts).optional(),
  seatClass: seatClassSchema.optional(),
  passengers: z.int().optional(),
}

/** What a sentence said; also what starts the flow. */
export const wishSchema = z.strictObject(wishShape)

/**
 * What the questions of the search are answered with: a wish in words, a train, or what a button stands for. It is one
 * slot for all of them, so that an answer may say more, or something else, than was asked.
 */
const answerSchema = z.union([
  z.enum(['right', 'change', 'date', 'part', 'route', 'swap', 'later']),
  z.strictObject({ train: z.string() }),
  wishSchema,
])

/** A train on one day, with the fare of the class that was asked for. */
const offerSchema = z.strictObject({
  number: z.string(),
  departs: z.string(),
  departsAt: z.int(),
  arrivesAt: z.int(),
  minutes: z.int(),
  fromStation: z.strictObject({ zh: z.string(), en: z.string() }),
  toStation: z.strictObject({ zh: z.string(), en: z.string() }),
  fare: moneySchema,
})

export const stateSchema = z.strictObject({
  ...wishShape,
  answer: answerSchema.optional(),
  /** The user has seen what was read, or was asked for it piece by piece. */
  checked: z.boolean().optional(),
  /** A question the user wants to be asked although nothing is missing. */
  detour: z.enum(['change', 'part']).optional(),
  trains: z.array(trainSchema).optional(),
  offers: z.array(offerSchema).optional(),
  page: z.int().optional(),
  /** `G308/second/2026-03-06`: found full in this conversation. */
  soldOut: z.array(z.string()).optional(),
  chosen: offerSchema.optional(),
  /** The seats of the chosen train, class by class. */
  classes: z.array(seatSchema).optional(),
  hold: holdSchema.optional(),
  decision: z.union([z.enum(['pay', 'other']), wishSchema]).optional(),
  receipt: z.string().optional(),
  setback: z.enum([...declineReasons, 'cancelled', 'expired']).optional(),
  issued: z.boolean().optional(),
  /** What became of the money that bought no ticket. */
  returned: givenBack.optional(),
  again: z.enum(['retry', 'other', 'stop']).optional(),
})

export type BookState = z.infer<typeof stateSchema>
export type Answer = z.infer<typeof answerSchema>
export type Decision = NonNullable<BookState['decision']>
export type Again = NonNullable<BookState['again']>
export type Offer = z.infer<typeof offerSchema>

// The flow is written over several files; this is how each of them gets the types of the whole.
type Wish = z.infer<typeof wishSchema>
interface BookRuns {
  readonly issue: typeof issue
  readonly giveBack: typeof giveBack
}
export type BookStep = StepOf<typeof contract, BookState, StepName, Wish, undefined, BookRuns & object>
export type BookContext = ContextOf<typeof contract, BookState, Wish>
