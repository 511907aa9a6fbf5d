import { Fault, holdSchema, moneySchema, z, type ContextOf, type Hold, type StepOf } from '@inthread/sdk'
import type { contract } from '../contract.ts'
import { seatClassSchema, seatSchema, trainSchema } from '../rail/collections.ts'
import { dayParts } from '../rail/names.ts'
import { giveBack, givenBack } from '../after/give-back.ts'
import type { issue } from '../after/issue.ts'
import type { pickTicket } from '../after/pick-ticket.ts'
import { ticketSchema, type Ticket } from '../after/ticket.ts'
import type { Seat } from '../rail/collections.ts'

/** When somebody would rather go; at least one of them. */
export const whenSchema = z.strictObject({
  date: z.iso.date().optional(),
  dayPart: z.enum(dayParts).optional(),
  seatClass: seatClassSchema.optional(),
})

const rideSchema = z.strictObject({
  number: z.string(),
  departs: z.string(),
  departsAt: z.int(),
  arrivesAt: z.int(),
  fromStation: z.strictObject({ zh: z.string(), en: z.string() }),
  toStation: z.strictObject({ zh: z.string(), en: z.string() }),
  seat: seatSchema,
})

export const changeState = z
  .strictObject({
    ticket: ticketSchema,
    fresh: ticketSchema,
    when: whenSchema,
    /** The last wish had no train. */
    missed: z.boolean(),
    trains: z.array(trainSchema),
    rides: z.array(rideSchema),
    picked: z.string(),
    /** Trains that were found full. */
    full: z.array(z.string()),
    hold: holdSchema,
    decision: z.enum(['yes', 'no']),
    receipt: z.string(),
    issued: z.boolean(),
    result: givenBack,
    paid: moneySchema,
  })
  .partial()

export type ChangeState = z.infer<typeof changeState>
export type When = z.infer<typeof whenSchema>
export type Ride = z.infer<typeof rideSchema>

/** Up to a new seat that is held, and a word on what it costs. */
export type SearchingStep =
  | 'pick'
  | 'hasTicket'
  | 'askWhen'
  | 'readTrains'
  | 'readSeats'
  | 'offered'
  | 'offer'
  | 'chosen'
  | 'reserve'
  | 'saySoldOut'
  | 'quote'
  | 'decided'
  | 'lookAgain'
  | 'stillGood'
  | 'mark'
  | 'costs'
  | 'releaseUnpaid'
  | 'sayNotChanged'
  | 'releaseMoved'
  | 'sayMoved'
  | 'releaseDeparted'
  | 'sayDeparted'
  | 'end'

/** From the money on. */
export type MoneyStep =
  | 'pay'
  | 'sayChecking'
  | 'waitForBank'
  | 'settled'
  | 'take'
  | 'issue'
  | 'issued'
  | 'write'
  | 'freeOld'
  | 'owes'
  | 'giveBack'
  | 'givenBack'
  | 'sayGivenBack'
  | 'sayOwed'
  | 'sayChanged'
  | 'undo'
  | 'keepOld'
  | 'restore'
  | 'sayFailed'
  | 'sayUnclear'

type ChangeStep = SearchingStep | MoneyStep

export interface ChangeRuns {
  readonly pickTicket: typeof pickTicket
  readonly issue: typeof issue
  readonly giveBack: typeof giveBack
}

export type ChangeFlowStep = StepOf<typeof contract, ChangeState, ChangeStep, When, undefined, ChangeRuns & object>
export type ChangeContext = ContextOf<typeof contract, ChangeState, When>

function missing(what: string): Fault {
  return new Fault('platform.unexpected', { data: { step: `travel/change: ${what}` } })
}

export function getOld({ ticket }: ChangeState): Ticket {
  if (!ticket) throw missing('ticket')
  return ticket
}

export function getRide({ rides, picked }: ChangeState): Ride {
  const ride = rides?.find(({ number }) => number === picked)
  if (!ride) throw missing('ride')
  return ride
}

export function getNewSeat(state: ChangeState): Seat {
  return getRide(state).seat
}

export function getNewHold({ hold }: ChangeState): Hold {
  if (!hold) throw missing('hold')
  return hold
}
