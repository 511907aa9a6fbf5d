import {
  addMs,
  days,
  defineFlow,
  findInstant,
  localParts,
  minutes,
  moneySchema,
  reply,
  textMessage,
  z,
  type ContextOf,
} from '@inthread/sdk'
import { slotSchema } from '@inthread/sdk/capabilities'
import { contract } from '../contract.ts'

/** A place that the bank keeps for five minutes. */
export const heldSchema = z.strictObject({
  quote: z.string(),
  branch: z.string(),
  service: z.string(),
  from: z.int(),
  to: z.int(),
})

const input = z.strictObject({ branch: z.string(), service: z.string(), cash: moneySchema.optional() })
const state = z
  .strictObject({
    day: z.int(),
    slots: z.array(slotSchema),
    half: z.enum(['morning', 'afternoon']),
    slot: z.string(),
    held: heldSchema,
  })
  .partial()
type Context = ContextOf<typeof contract, z.infer<typeof state>, z.infer<typeof input>>

const daysShown = 6
const timesShown = 9
const patience = { timeout: { afterMs: minutes(10), to: 'end' }, giveUp: 'end' } as const
const anew = { day: undefined, half: undefined, slot: undefined }

const askDay = {
  kind: 'ask',
  slot: 'day',
  prompt: ({ t, now }: Context) =>
    textMessage(
      t('whichDay'),
      Array.from({ length: daysShown }, (_each, index) => {
        const day = addMs(now, days(index + 1))
        return reply(t('dayLabel', { day }), day)
      }),
    ),
  ...patience,
  next: 'slots',
} as const

/** A day, a half of it, a half hour; what it hands back is kept by the bank, or is nothing. */
export const pickSlotFlow = defineFlow(contract, {
  id: 'pickSlot',
  revision: 1,
  input,
  state,
  result: z.strictObject({ held: heldSchema.optional() }),
  start: 'askDay',
  steps: {
    askDay,
    slots: {
      kind: 'call',
      need: 'appointment',
      operation: 'slots',
      input: (context) => ({ branch: context.input.branch, service: context.input.service, day: writeDay(context) }),
      on: {
        listed: { to: 'isAny', set: keepFree },
        declined: 'end',
        unknown: 'end',
      },
    },
    isAny: {
      kind: 'branch',
      when: [{ is: ({ state: { slots = [] } }) => slots.length === 0, to: 'sayNone' }],
      otherwise: 'askHalf',
    },
    sayNone: { kind: 'say', message: ({ t }) => textMessage(t('noSlot')), next: 'askDayAgain' },
    askDayAgain: askDay,
    askHalf: {
      kind: 'ask',
      slot: 'half',
      prompt: ({ t }) =>
        textMessage(t('whichHalf'), [
          ...[reply(t('morning'), 'morning' as const), reply(t('afternoon'), 'afternoon' as const)],
        ]),
      ...patience,
      next: 'askTime',
    },
    askTime: {
      kind: 'ask',
      slot: 'slot',
      prompt: (context) => {
        const { t } = context
        const times = listTimes(context).map(({ id, at }) => reply(t('timeLabel', { time: at }), id))
        return textMessage(t('whichTime'), [...times, reply(t('otherDay'), 'other')])
      },
      ...patience,
      next: { to: 'isOther', set: (slot) => (slot === 'other' ? anew : {}) },
    },
    isOther: {
      kind: 'branch',
      when: [{ is: ({ state: { slot } }) => slot === undefined, to: 'askDay' }],
      otherwise: 'hold',
    },
    hold: {
      kind: 'call',
      need: 'appointment',
      operation: 'hold',
      input: ({ state: { slot = '' }, input: { cash } }) => ({ slot, ...(cash ? { cash } : {}) }),
      on: {
        held: {
          to: 'end',
          set: ({ id, branchName, serviceName, from, to }, { now }) => ({
            held: {
              ...{ quote: id, branch: branchName, service: serviceName },
              ...{ from: findInstant(from) ?? now, to: findInstant(to) ?? now },
            },
          }),
        },
        taken: { to: 'sayTaken', set: () => ({ slot: undefined, half: undefined }) },
        declined: 'end',
        unknown: 'end',
      },
    },
    sayTaken: { kind: 'say', message: ({ t }) => textMessage(t('slotTaken')), next: 'slots' },
    end: { kind: 'end', result: ({ state: { held } }) => (held ? { held } : {}) },
  },
})

/** A day without a free half hour is asked for anew. */
function keepFree({ items }: { readonly items: readonly z.infer<typeof slotSchema>[] }): z.infer<typeof state> {
  const slots = items.filter(({ free }) => free > 0)
  return slots.length === 0 ? { slots, day: undefined } : { slots }
}

export type PickSlotFlow = typeof pickSlotFlow

/** `2026-03-06`, in the zone of the thread. */
function writeDay({ state: { day = 0 }, timeZone }: Context): string {
  const { year, month, day: date } = localParts(day, timeZone)
  return [year, String(month).padStart(2, '0'), String(date).padStart(2, '0')].join('-')
}

function listTimes({ state: { slots = [], half }, timeZone }: Context): readonly { id: string; at: number }[] {
  return slots
    .flatMap(({ id, from }) => {
      const at = findInstant(from)
      return at === undefined ? [] : [{ id, at }]
    })
    .filter(({ at }) => localParts(at, timeZone).hour < 12 === (half === 'morning'))
    .slice(0, timesShown)
}
