import { collection, money, z } from '@inthread/sdk'
import { cityIds } from './cities.ts'
import { minuteOf } from './day-part.ts'
import { seatClasses } from './names.ts'

export const citySchema = z.enum(cityIds)
export const seatClassSchema = z.enum(seatClasses)

const name = z.string().min(1).max(40)
const time = z.string().regex(/^(?:[01][0-9]|2[0-3]):[0-5][0-9]$/, {
  error: 'write the time like 08:05',
  abort: true,
})
const numberPattern = /^[GDCZTK][0-9]{1,4}$/

const count = (most: number) => z.int().min(1).max(most)

const trainShape = z.strictObject({
  number: z.string().regex(numberPattern, 'write the number like G308'),
  fromCity: citySchema,
  toCity: citySchema,
  fromStation: name,
  fromStationEn: name,
  toStation: name,
  toStationEn: name,
  /** Railway time: the tenant's zone. */
  departs: time,
  arrives: time,
  minutes: count(4320),
})

/** One row: a train that runs every day. */
export const trainSchema = trainShape
  .refine((train) => train.fromCity !== train.toCity, { path: ['toCity'], message: 'name another city than fromCity' })
  .refine((train) => (minuteOf(train.departs) + train.minutes) % 1440 === minuteOf(train.arrives), {
    path: ['minutes'],
    message: 'write the minutes that lie between departs and arrives',
  })

export type Train = z.infer<typeof trainSchema>

const seatShape = z.strictObject({
  /** `G308/second` */
  id: z.string(),
  train: z.string().regex(numberPattern, 'write the number like G308'),
  fromCity: citySchema,
  toCity: citySchema,
  seatClass: seatClassSchema,
  /** Decimal text with the currency beside it: `553.50`, `CNY`. It becomes money in the flow, by digits. */
  fare: z.string().regex(/^(?:0|[1-9][0-9]{0,4})\.[0-9]{2}$/, 'write the fare like 553.50, with two decimals'),
  currency: z.string().regex(/^[A-Z]{3}$/, 'write the currency like CNY'),
  /** How many seats of this class are sold for each day. */
  places: count(2000),
  /** The first coach of the class; the next coaches follow when a coach is full. */
  coach: count(99),
  /** Rows are numbered from here in each coach. */
  firstRow: count(99),
  rowsPerCoach: count(99),
  /** The seats of one row: `ABCDF` in second class. */
  letters: z.string().regex(/^[A-F]{1,5}$/, 'write the letters of one row, like ABCDF'),
})

/** One row: the seats of one class in a train. */
export const seatSchema = seatShape
  .refine((seat) => seat.id === `${seat.train}/${seat.seatClass}`, {
    path: ['id'],
    message: 'write train/seatClass, like G308/second',
  })
  .refine((seat) => new Set(seat.letters).size === seat.letters.length, {
    path: ['letters'],
    message: 'write each letter once',
  })
  .refine((seat) => isMoney(seat.fare, seat.currency), {
    path: ['currency'],
    message: 'name a currency of the platform that has two decimals, like CNY',
  })

export type Seat = z.infer<typeof seatSchema>

function isMoney(fare: string, currency: string): boolean {
  try {
    return money(fare, currency).amountMinor > 0n
  } catch {
    return false
  }
}

export const collections = {
  trains: collection(trainSchema, { key: 'number', indexes: { route: ['fromCity', 'toCity', 'departs'] } }),
  seats: collection(seatSchema, {
    key: 'id',
    indexes: { route: ['fromCity', 'toCity', 'seatClass', 'train'], train: ['train', 'seatClass'] },
    counters: { places: { capacity: 'places' } },
  }),
}
