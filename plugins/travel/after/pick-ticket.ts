import { carousel, defineFlow, minutes, reply, textMessage, z, type Card, type ContextOf } from '@inthread/sdk'
import { contract } from '../contract.ts'
import { nameIn } from '../rail/names.ts'
import { coachIn } from '../rail/seat-place.ts'
import { readTrain } from '../words/read-train.ts'
import { fareOfTicket, hasDeparted, ticketSchema, type Ticket } from './ticket.ts'

const input = z.strictObject({ to: z.enum(['change', 'return']) })
const state = z
  .strictObject({
    usable: z.array(ticketSchema),
    /** Why the others are not. */
    departed: z.boolean(),
    changed: z.boolean(),
    busy: z.boolean(),
    picked: z.string(),
  })
  .partial()

type PickContext = ContextOf<typeof contract, z.infer<typeof state>, z.infer<typeof input>>

/** The ticket that is meant; a single one is not asked for. Without any it says why and hands nothing back. */
export const pickTicket = defineFlow(contract, {
  id: 'pickTicket',
  revision: 1,
  input,
  state,
  result: z.strictObject({ ticket: ticketSchema.optional() }),
  start: 'read',
  steps: {
    read: {
      kind: 'read',
      from: 'tickets',
      by: 'mine',
      limit: 20,
      on: { found: { to: 'sift', set: siftTickets }, none: 'sayNone' },
    },
    sift: {
      kind: 'branch',
      when: [
        { is: ({ state: { usable = [] } }) => usable.length === 1, to: 'end' },
        { is: ({ state: { usable = [] } }) => usable.length > 1, to: 'pick' },
        { is: ({ state }) => state.busy === true, to: 'sayBusy' },
        { is: ({ state }) => state.changed === true, to: 'sayChanged' },
        { is: ({ state }) => state.departed === true, to: 'sayDeparted' },
      ],
      otherwise: 'sayNone',
    },
    pick: {
      kind: 'ask',
      slot: 'picked',
      prompt: (context) => carousel<string>((context.state.usable ?? []).map((ticket) => ticketCard(ticket, context))),
      read: readPicked,
      timeout: { afterMs: minutes(15), to: 'end' },
      next: 'end',
    },
    sayBusy: { kind: 'say', message: ({ t }) => textMessage(t('ticketBusy')), next: 'end' },
    sayNone: { kind: 'say', message: ({ t }) => textMessage(t('noTickets')), next: 'end' },
    sayDeparted: { kind: 'say', message: ({ t }) => textMessage(t('departedOnly')), next: 'end' },
    sayChanged: { kind: 'say', message: ({ t }) => textMessage(t('changedOnce')), next: 'end' },
    end: { kind: 'end', result: ({ state }) => ({ ticket: findPicked(state) }) },
  },
})

function siftTickets(all: readonly Ticket[], { now, input: { to } }: PickContext): z.infer<typeof state> {
  const valid = all.filter((ticket) => ticket.state === 'ticketed')
  const ahead = valid.filter((ticket) => !hasDeparted(ticket, now))
  const usable = ahead.filter((ticket) => to === 'return' || !ticket.changed).slice(0, 10)
  const busy = all.some((ticket) => ['changing', 'refunding'].includes(ticket.state))
  return { usable, busy, departed: ahead.length < valid.length, changed: usable.length < ahead.length }
}

function findPicked({ usable = [], picked }: z.infer<typeof state>): Ticket | undefined {
  return usable.length === 1 ? usable[0] : usable.find(({ id }) => id === picked)
}

function ticketCard(ticket: Ticket, { t, locale }: PickContext): Card<string> {
  return {
    title: t('myTicketTitle', { number: ticket.train, departs: ticket.departsAt }),
    description: t('myTicketBody', {
      from: nameIn(locale, ticket.fromStation),
      to: nameIn(locale, ticket.toStation),
      coach: coachIn(locale, ticket.coach),
      place: ticket.place,
      fare: fareOfTicket(ticket),
    }),
    suggestions: [reply(t('thisTicket', { number: ticket.train, date: ticket.departsAt }), ticket.id)],
  }
}

function readPicked(words: string, { state: { usable = [] } }: PickContext): string | undefined {
  const train = readTrain(
    words,
    usable.map((ticket) => ticket.train),
  )
  const meant = usable.filter((ticket) => ticket.train === train)
  return meant.length === 1 ? meant[0]?.id : undefined
}
