import { Fault, holdSchema, money, z, type ContextOf, type Hold, type Money } from '@inthread/sdk'
import { roomSchema, wishSchema, type Room } from './catalogue.ts'
import type { contract, ticketedSchema } from './contract.ts'

export const offerState = z
  .strictObject({
    wish: wishSchema,
    rooms: z.array(roomSchema),
    /** A room, `no` or `never`. */
    choice: z.string(),
    agreed: z.enum(['yes', 'no']),
    agreedAt: z.int(),
    hold: holdSchema,
    receipt: z.string(),
    returned: z.boolean(),
  })
  .partial()

export type OfferState = z.infer<typeof offerState>
export type OfferContext = ContextOf<typeof contract, OfferState, z.infer<typeof ticketedSchema>>

export function getRoom({ rooms, choice }: OfferState): Room {
  const room = rooms?.find(({ id }) => id === choice)
  if (!room) throw new Fault('platform.unexpected', { data: { step: 'hotel/offer: room' } })
  return room
}

export function getHold({ hold }: OfferState): Hold {
  if (!hold) throw new Fault('platform.unexpected', { data: { step: 'hotel/offer: hold' } })
  return hold
}

export function priceOf({ price, currency }: Room): Money {
  return money(price, currency)
}

export function nameOf(room: Room, { locale }: Pick<OfferContext, 'locale'>): string {
  return locale.startsWith('zh') ? room.name : room.nameEn
}
