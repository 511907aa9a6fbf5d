import { collection, days, money, z, type Hold, type Instant, type Money } from '@inthread/sdk'
import { citySchema, seatClassSchema, type Seat } from '../rail/collections.ts'
import { buildSeatPlace } from '../rail/seat-place.ts'

const station = z.strictObject({ zh: z.string(), en: z.string() })
const decimal = z.string()

/** One payment and what has not been given back of it. */
const paymentSchema = z.strictObject({ receipt: z.string(), amount: decimal })

/** A ticket as its buyer has it. The hold is its seat: with it the seat is given back. */
export const ticketSchema = z.strictObject({
  /** Our own number for it, which it keeps when it is changed. */
  id: z.string(),
  state: z.enum(['ticketed', 'changing', 'refunding', 'returned']),
  train: z.string(),
  fromCity: citySchema,
  toCity: citySchema,
  /** `2026-03-06`, in the tenant's zone. */
  date: z.string(),
  departsAt: z.int(),
  arrivesAt: z.int(),
  fromStation: station,
  toStation: station,
  seatClass: seatClassSchema,
  coach: z.int(),
  place: z.string(),
  fare: decimal,
  currency: z.string(),
  hold: z.strictObject({ id: z.string(), unit: z.int(), until: z.int() }),
  /** The oldest first: the fare, then what a change cost on top. */
  payments: z.array(paymentSchema),
  /** A ticket is changed once. */
  changed: z.boolean(),
})

export type Ticket = z.infer<typeof ticketSchema>
export type Payment = z.infer<typeof paymentSchema>

export const tickets = collection(ticketSchema, { key: 'id', dataClass: 'personal', ttlMs: days(400) })

/** What a train on a day says about a ticket for it. */
export interface Ride {
  readonly number: string
  readonly departsAt: number
  readonly arrivesAt: number
  readonly fromStation: { readonly zh: string; readonly en: string }
  readonly toStation: { readonly zh: string; readonly en: string }
}

export function buildTicket(sold: {
  readonly ride: Ride
  readonly seat: Seat
  readonly date: string
  readonly hold: Hold
  readonly receipt: string
}): Ticket {
  const { ride, seat, date, hold, receipt } = sold
  return {
    id: hold.id,
    state: 'ticketed',
    ...rideOf(ride),
    fromCity: seat.fromCity,
    toCity: seat.toCity,
    date,
    seatClass: seat.seatClass,
    ...buildSeatPlace(hold.unit, seat),
    fare: seat.fare,
    currency: seat.currency,
    hold,
    payments: [{ receipt, amount: seat.fare }],
    changed: false,
  }
}

function rideOf({
  number,
  departsAt,
  arrivesAt,
  fromStation,
  toStation,
}: Ride): Pick<Ticket, 'train' | 'departsAt' | 'arrivesAt' | 'fromStation' | 'toStation'> {
  return { train: number, departsAt, arrivesAt, fromStation, toStation }
}

export function fareOfTicket({ fare, currency }: Ticket): Money {
  return money(fare, currency)
}

export function hasDeparted({ departsAt }: Ticket, now: Instant): boolean {
  return departsAt <= now
}

/** The same ticket for the same seat: nothing was returned or changed meanwhile. */
export function isUntouched(before: Ticket, now: Ticket | undefined): boolean {
  return now?.state === 'ticketed' && now.hold.id === before.hold.id
}
