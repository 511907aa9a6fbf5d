import { Type } from 'typebox'
import type { Bank } from '../app/bank.ts'
import { addDays, findDayStartMs } from '../credit/calendar.ts'
import { commitDeedChange } from '../deeds/change-deed.ts'
import { defineAction, defineCommit, type DeedChange } from '../deeds/deed-kind.ts'
import { buildStateProblem } from '../deeds/deed-routes.ts'
import { findDeedRow, listDeedsOfCustomer, type Deed } from '../deeds/deeds.store.ts'
import { commitQuoteState, getOpenQuote, type Quote } from '../quotes/quotes.store.ts'
import { Problem } from '../transport/problem.ts'
import { renderSlot, slotHolds, slotView, type HoldFacts } from './slot-hold.ts'
import { commitSlotFreed, findSlot, type Slot } from './slots.store.ts'

interface Facts extends HoldFacts {
  readonly ticketNo: string
  /** What the customer filled in before they come. */
  readonly form: Readonly<Record<string, string>>
}

export type Appointment = Deed<Facts>
type Change = DeedChange<Facts>

const [dayMs, hourMs] = [24 * 3_600_000, 3_600_000]
const openStates = ['needs_confirmation', 'booked_confirmed']
const form = Type.Record(Type.String({ maxLength: 40 }), Type.String({ maxLength: 200 }))

const body = Type.Object({ form: Type.Optional(form) })

/** A visit to a branch: what was kept is booked; large cash the branch has to order first. */
export const appointments = defineCommit<Facts, typeof body>({
  thing: 'appointment',
  prefix: 'apt',
  url: '/v1/appointments',
  listed: true,
  name: 'Appointment',
  states: [...openStates, 'cancelled', 'checked_in', 'served', 'no_show', 'failed'],
  outcomes: {
    booked_confirmed: 'done',
    needs_confirmation: 'done',
    cancelled: 'none',
    served: 'done',
    no_show: 'none',
  },
  view: Type.Partial(Type.Object({ ...slotView, ticketNo: Type.String(), form })),
  render: (_bank, { facts: { slot, ticketNo, cash, form: filled } }) =>
    slot === undefined ? {} : { ...renderSlot(getSlot(slot)), ticketNo, form: filled, ...(cash ? { cash } : {}) },
  summary: 'Books the place that is kept.',
  ops: ['appointment'],
  body,
  problems: ['duplicate_business'],
  begin: ({ bank, link, id, quote, body: { form: filled = {} }, now }) => {
    const hold = takeHold(bank, quote)
    const slot = getSlot(hold.slot)
    assertRoom(bank, link.customerId, slot)
    const ticketNo = `${slot.branch.id.slice(0, 1).toUpperCase()}${bank.vault.codeOf(id).slice(0, 3)}`
    const facts = { slot: slot.id, ticketNo, form: filled, ...(hold.cash ? { cash: hold.cash } : {}) }
    if (slot.service === 'cash-large') {
      return { state: 'needs_confirmation', facts, dueAt: now + bank.terms.reviewMs }
    }
    return { state: 'booked_confirmed', facts, dueAt: findNextMoment(slot, now) }
  },
  step: (bank, appointment) => goOn(bank, appointment),
  controls: {
    'stock-ok': (bank, appointment) => confirmStock(bank, appointment),
    'no-stock': (bank, appointment) => end(bank, appointment, ['needs_confirmation']),
    'branch-closed': (bank, appointment) => end(bank, appointment, openStates),
    'check-in': (_bank, appointment) => move(appointment, 'booked_confirmed', 'checked_in'),
    served: (_bank, appointment) => move(appointment, 'checked_in', 'served'),
  },
  actions: {
    cancel: defineAction({
      summary: 'Cancels, at least two hours before.',
      body: Type.Object({}),
      problems: ['state_conflict'],
      run: (bank, deed) => {
        const appointment = deed as Appointment
        assertInTime(bank, appointment)
        return end(bank, appointment, openStates)
      },
    }),
    reschedule: defineAction({
      summary: 'Takes the place that is kept instead: the new one is taken and the old one is free in one step.',
      body: Type.Object({ quote: Type.String({ minLength: 1, maxLength: 64 }) }),
      problems: ['state_conflict', 'expired'],
      run: (bank, deed, { quote }) => swap(bank, deed as Appointment, quote),
    }),
    form: defineAction({
      summary: 'Fills in more before the visit.',
      body: Type.Object({ form }),
      problems: ['state_conflict'],
      run: (_bank, deed, { form: more }) => {
        const { state, facts, dueAt } = deed as Appointment
        if (!openStates.includes(state)) throw buildStateProblem('appointment', deed)
        return {
          state,
          facts: { ...facts, form: { ...facts.form, ...more } },
          ...(dueAt === undefined ? {} : { dueAt }),
        }
      },
    }),
  },
})

function getSlot(id: string): Slot {
  const slot = findSlot(id)
  if (!slot) throw new Error('an appointment at a time that there is not')
  return slot
}

/** The hold behind a quote; it is used from now on, and its place stays taken. */
function takeHold(bank: Bank, quote: Quote | undefined): HoldFacts {
  const { hold = '' } = (quote?.facts ?? {}) as { hold?: string }
  const deed = findDeedRow(bank, hold)
  if (quote?.kind !== 'slot-hold' || deed?.state !== 'held') {
    throw new Problem('state_conflict', 'The place is not kept any more: choose one again.')
  }
  commitDeedChange(bank, slotHolds, { deed, change: { state: 'used' } })
  return deed.facts as HoldFacts
}

/** One a day for a service, two in all. */
function assertRoom(bank: Bank, customerId: string, slot: Slot): void {
  const all = listDeedsOfCustomer(bank, { customerId, kind: 'appointment', sinceMs: 0 }) as Appointment[]
  const open = all.filter(({ state }) => openStates.includes(state))
  const same = open.find(({ facts }) => {
    const { day, service } = getSlot(facts.slot)
    return day === slot.day && service === slot.service
  })
  if (same) throw new Problem('duplicate_business', 'There is an appointment for this on that day already.')
  if (open.length >= 2) throw new Problem('state_conflict', 'The customer has two open appointments already.')
}

/** A day before, two hours before, and when the day is over. */
function findNextMoment({ fromMs, day }: Slot, now: number): number {
  const moments = [fromMs - dayMs, fromMs - 2 * hourMs].filter((moment) => moment > now)
  return moments[0] ?? findDayStartMs(addDays(day, 1))
}

function goOn(bank: Bank, appointment: Appointment): Change {
  const { state, facts } = appointment
  if (state === 'needs_confirmation') return confirmStock(bank, appointment)
  if (state !== 'booked_confirmed') return { state, facts }
  const slot = getSlot(facts.slot)
  const now = bank.clock.now()
  if (now >= findDayStartMs(addDays(slot.day, 1))) return { state: 'no_show', facts }
  return { state, facts, event: 'reminder', dueAt: findNextMoment(slot, now) }
}

function confirmStock(bank: Bank, { state, facts }: Appointment): Change {
  if (state !== 'needs_confirmation') throw new Problem('state_conflict', `The appointment is ${state}.`)
  return { state: 'booked_confirmed', facts, dueAt: findNextMoment(getSlot(facts.slot), bank.clock.now()) }
}

function end(bank: Bank, appointment: Appointment, from: readonly string[]): Change {
  if (!from.includes(appointment.state)) throw buildStateProblem('appointment', appointment)
  commitSlotFreed(bank, appointment.facts.slot)
  return { state: 'cancelled', facts: appointment.facts }
}

function move(appointment: Appointment, from: string, state: string): Change {
  if (appointment.state !== from) throw buildStateProblem('appointment', appointment)
  return { state, facts: appointment.facts }
}

function assertInTime(bank: Bank, appointment: Appointment): void {
  if (!openStates.includes(appointment.state)) throw buildStateProblem('appointment', appointment)
  if (getSlot(appointment.facts.slot).fromMs - 2 * hourMs > bank.clock.now()) return
  throw new Problem('state_conflict', 'It is less than two hours until then: please call the branch.')
}

function swap(bank: Bank, appointment: Appointment, quoteId: string): Change {
  assertInTime(bank, appointment)
  const { clientId, linkId = '', facts, state } = appointment
  const quote = getOpenQuote(bank, { clientId, linkId, id: quoteId })
  const { slot } = takeHold(bank, quote)
  commitQuoteState(bank, quote, { state: 'used', at: bank.clock.now() })
  commitSlotFreed(bank, facts.slot)
  const dueAt = state === 'needs_confirmation' ? appointment.dueAt : findNextMoment(getSlot(slot), bank.clock.now())
  return { state, facts: { ...facts, slot }, event: 'rescheduled', ...(dueAt === undefined ? {} : { dueAt }) }
}
