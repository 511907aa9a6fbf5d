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
  type Instant,
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

/** Why there is none: the bank does not say what is free, or does not know the user. Else nobody chose one. */
export const whySchema = z.enum(['unreachable', 'not_linked'])

const input = z.strictObject({ branch: z.string(), service: z.string(), cash: moneySchema.optional() })
const state = z
  .strictObject({
    day: z.int(),
    slots: z.array(slotSchema),
    half: z.enum(['morning', 'afternoon']),
    slot: z.string(),
    /** Of the times of a half day, where they are more than fit under one question. */
    page: z.int(),
    held: heldSchema,
    why: whySchema,
  })
  .partial()
type Context = ContextOf<typeof contract, z.infer<typeof state>, z.infer<typeof input>>

const daysShown = 6
/** With the buttons for more and for another day these are as many as fit under a message. */
const timesShown = 9
const patience = { timeout: { afterMs: minutes(10), to: 'end' }, giveUp: 'end' } as const
const anew = { day: undefined, half: undefined, slot: undefined, page: undefined }
const lost = { to: 'end', set: () => ({ why: 'unreachable' as const }) } as const
const refused = {
  to: 'end',
  set: ({ reason }: { readonly reason: string }) => ({
    why: reason === 'not_linked' ? ('not_linked' as const) : ('unreachable' as const),
  }),
} as const

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

/** A day, a half of it, a half hour; what it hands back is kept by the bank, or why it is not. */
export const pickSlotFlow = defineFlow(contract, {
  id: 'pickSlot',
  revision: 2,
  input,
  state,
  result: z.strictObject({ held: heldSchema.optional(), why: whySchema.optional() }),
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
        declined: refused,
        unknown: lost,
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
      prompt: (context) =>
        textMessage(
          context.t('whichHalf'),
          listHalves(context.state.slots, context.timeZone).map((half) => reply(context.t(half), half)),
        ),
      ...patience,
      next: 'askTime',
    },
    askTime: {
      kind: 'ask',
      slot: 'slot',
      prompt: (context) => {
        const { t } = context
        const { shown, isMore } = pageTimes(context)
        const times = shown.map(({ id, at }) => reply(t('timeLabel', { time: at }), id))
        const more = isMore ? [reply(t('otherTimes'), 'more')] : []
        return textMessage(t('whichTime'), [...times, ...more, reply(t('otherDay'), 'other')])
      },
      ...patience,
      next: {
        to: 'isOther',
        set: (slot, { state: { page = 0 } }) => {
          if (slot === 'other') return anew
          return slot === 'more' ? { slot: undefined, page: page + 1 } : {}
        },
      },
    },
    isOther: {
      kind: 'branch',
      when: [
        { is: ({ state: { slot, day } }) => slot === undefined && day !== undefined, to: 'askTime' },
        { is: ({ state: { slot } }) => slot === undefined, to: 'askDay' },
      ],
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
        taken: { to: 'sayTaken', set: () => ({ slot: undefined, half: undefined, page: undefined }) },
        declined: refused,
        unknown: lost,
      },
    },
    sayTaken: { kind: 'say', message: ({ t }) => textMessage(t('slotTaken')), next: 'slots' },
    end: {
      kind: 'end',
      result: ({ state: { held, why } }) => ({ ...(held ? { held } : {}), ...(why ? { why } : {}) }),
    },
  },
})

/** A day without a free half hour is asked for anew; of one that has but one half nobody is asked for the half. */
function keepFree(
  { items }: { readonly items: readonly z.infer<typeof slotSchema>[] },
  { timeZone }: Context,
): z.infer<typeof state> {
  const slots = items.filter(({ free, from }) => free > 0 && findInstant(from) !== undefined)
  if (slots.length === 0) return { slots, day: undefined }
  const [half, ...others] = listHalves(slots, timeZone)
  return { slots, half: others.length === 0 ? half : undefined, page: undefined }
}

type Half = NonNullable<z.infer<typeof state>['half']>

function listHalves(slots: readonly z.infer<typeof slotSchema>[] = [], timeZone: string): readonly Half[] {
  const free = slots.flatMap(({ from }) => findInstant(from) ?? []).map((at) => halfOf(at, timeZone))
  return (['morning', 'afternoon'] as const).filter((half) => free.includes(half))
}

function halfOf(at: Instant, timeZone: string): Half {
  return localParts(at, timeZone).hour < 12 ? 'morning' : 'afternoon'
}

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
    .filter(({ at }) => halfOf(at, timeZone) === half)
}

/** After the last page comes the first one again. */
function pageTimes(context: Context): { readonly shown: ReturnType<typeof listTimes>; readonly isMore: boolean } {
  const all = listTimes(context)
  if (all.length <= timesShown + 1) return { shown: all, isMore: false }
  const from = ((context.state.page ?? 0) % Math.ceil(all.length / timesShown)) * timesShown
  return { shown: all.slice(from, from + timesShown), isMore: true }
}
