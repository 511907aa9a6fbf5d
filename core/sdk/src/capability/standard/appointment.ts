import { z } from 'zod'
import { defineCapability } from '../../capability.ts'
import { moneySchema } from '../../money.ts'
import { askEnds, nothing, orderEnds, purpose, quote, quoteFields } from '../outcomes.ts'
import { changedSchema, settledSchema } from '../payment.ts'

export const branchSchema = z.object({
  id: z.string(),
  name: z.string(),
  district: z.string(),
  address: z.string(),
  services: z.array(z.string()),
  location: z.object({ latitude: z.number(), longitude: z.number() }),
  /** Where a place was named. */
  distanceMetres: z.number().int().optional(),
})

/** Half an hour at a branch; `from` and `to` are RFC 3339. */
export const slotSchema = z.object({ id: z.string(), from: z.string(), to: z.string(), free: z.number().int() })

const visit = {
  branch: z.string(),
  branchName: z.string(),
  service: z.string(),
  serviceName: z.string(),
  from: z.string(),
  to: z.string(),
  cash: moneySchema.optional(),
}

export const visitSchema = z.object({
  id: z.string(),
  state: z.string(),
  ...visit,
  ticketNo: z.string(),
})

/** The bank's branches, their free half hours, and visits that are booked there. No money moves. */
export const appointment = defineCapability({
  id: 'appointment',
  version: '1.0.0',
  audience: 'scene',
  operations: {
    /** `near`: latitude and longitude, used for this answer alone. */
    branches: {
      class: 'read',
      input: z.strictObject({ service: z.string().max(64).optional(), near: z.string().max(40).optional() }),
      outcomes: { listed: z.object({ items: z.array(branchSchema) }), ...askEnds },
      bank: { method: 'GET', path: '/v1/branches?service={service}&near={near}', otherwise: 'listed' },
    },
    slots: {
      class: 'read',
      /** `day`: `2026-03-06` in the bank's zone. */
      input: z.strictObject({ branch: z.string().max(64), service: z.string().max(64), day: z.iso.date() }),
      outcomes: { listed: z.object({ items: z.array(slotSchema) }), ...askEnds },
      bank: { method: 'GET', path: '/v1/branches/{branch}/slots?service={service}&day={day}', otherwise: 'listed' },
    },
    /** Keeps a place for five minutes; one that was kept before is free again. */
    hold: {
      class: 'quote',
      input: z.strictObject({ slot: z.string().max(64), cash: moneySchema.optional() }),
      outcomes: { held: z.object({ ...quoteFields, ...visit }), taken: nothing, ...askEnds },
      bank: {
        method: 'POST',
        path: '/v1/slot-holds',
        states: { open: 'held' },
        otherwise: 'taken',
        refusals: { state_conflict: 'taken', expired: 'taken' },
      },
    },
    /** Large cash is ordered first: `ordering` until the branch has confirmed it. */
    book: {
      class: 'commit',
      input: z.strictObject({ quote, form: z.record(z.string(), z.string()).optional(), purpose }),
      outcomes: {
        ...orderEnds,
        succeeded: z.object({ receipt: z.string(), id: z.string().optional(), ticketNo: z.string().optional() }),
        ordering: z.object({ receipt: z.string(), id: z.string(), ticketNo: z.string().optional() }),
      },
      bank: {
        method: 'POST',
        path: '/v1/appointments',
        states: {
          booked_confirmed: 'succeeded',
          needs_confirmation: 'ordering',
          cancelled: 'declined',
          failed: 'declined',
        },
        product: true,
      },
      confirm: {
        op: 'appointment',
        title: { 'zh-CN': '确认预约', en: 'Confirm the visit' },
        payer: false,
        payee: false,
      },
    },
    list: {
      class: 'read',
      input: z.strictObject({}),
      outcomes: { listed: z.object({ items: z.array(visitSchema) }), ...askEnds },
      bank: { method: 'GET', path: '/v1/appointments?link={link}', otherwise: 'listed' },
    },
    find: {
      class: 'read',
      input: z.strictObject({ appointment: z.string().max(64) }),
      outcomes: { found: visitSchema, ...askEnds },
      bank: { method: 'GET', path: '/v1/appointments/{appointment}', otherwise: 'found' },
    },
    /** The new place is taken and the old one is free in one step. */
    reschedule: {
      class: 'hold',
      input: z.strictObject({ appointment: z.string().max(64), quote }),
      outcomes: { moved: visitSchema, too_late: nothing, ...askEnds },
      bank: {
        method: 'POST',
        path: '/v1/appointments/{appointment}/reschedule',
        otherwise: 'moved',
        refusals: { state_conflict: 'too_late', expired: 'too_late' },
      },
    },
    /** At least two hours before. */
    cancel: {
      class: 'hold',
      input: z.strictObject({ appointment: z.string().max(64) }),
      outcomes: { cancelled: nothing, too_late: nothing, ...askEnds },
      bank: {
        method: 'POST',
        path: '/v1/appointments/{appointment}/cancel',
        states: { cancelled: 'cancelled' },
        otherwise: 'too_late',
        refusals: { state_conflict: 'too_late' },
      },
    },
  },
  events: { settled: settledSchema, changed: changedSchema },
})
