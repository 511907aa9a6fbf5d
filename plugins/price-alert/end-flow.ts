import { addMs, defineFlow, minutes, reply, seconds, shorten, textMessage, z, type ContextOf } from '@inthread/sdk'
import { priceAlertSchema } from '@inthread/sdk/capabilities'
import { about, contract, splitPriced } from './contract.ts'

const alert = z.object(priceAlertSchema.shape)
const input = z.strictObject({ alert: z.string().optional() })
const slots = z
  .strictObject({
    alerts: z.array(alert),
    alert,
    pick: z.union([alert, z.literal('none')]),
    unlinked: z.boolean(),
    /** How often the bank has not said what it told of. */
    missed: z.int(),
  })
  .partial()
type Pick = NonNullable<z.infer<typeof slots>['pick']>
type Context = ContextOf<typeof contract, z.infer<typeof slots>, z.infer<typeof input>>

/** The bank tells of a price once; so it is asked for this often, after these pauses. */
const pauses = [seconds(20), minutes(2), minutes(10)]
const looksAtMost = pauses.length + 1

type Told = 'ended' | 'kept' | 'left' | 'noAlerts' | 'cannotLook' | 'notLinked' | 'notEnded' | 'unreachable' | 'unsure'
const say = (text: Told) => ({ kind: 'say', message: ({ t }: Context) => textMessage(t(text)), next: 'end' }) as const

/** Takes one back. */
export const endFlow = defineFlow(contract, {
  id: 'end',
  revision: 3,
  input,
  state: slots,
  start: 'list',
  steps: {
    list: {
      kind: 'call',
      need: 'watch',
      operation: 'list',
      input: () => ({}),
      on: {
        listed: {
          to: 'isAny',
          set: ({ items }) => ({ alerts: items.filter(({ state }) => state === 'watching').slice(0, 10) }),
        },
        declined: { to: 'isLinked', set: ({ reason }) => ({ unlinked: reason === 'not_linked' }) },
        unknown: 'unreachable',
      },
    },
    isLinked: {
      kind: 'branch',
      when: [{ is: ({ state: { unlinked } }) => unlinked === true, to: 'notLinked' }],
      otherwise: 'cannotLook',
    },
    isAny: {
      kind: 'branch',
      when: [{ is: ({ state: { alerts = [] } }) => alerts.length === 0, to: 'noAlerts' }],
      otherwise: 'which',
    },
    which: {
      kind: 'ask',
      slot: 'pick',
      prompt: ({ t, state: { alerts = [] } }) =>
        textMessage<Pick>(t('whichAlert'), [
          ...alerts.map((one) =>
            reply<Pick>(t(one.direction, { name: shorten(splitPriced(one.name).name, 10), price: one.price }), one),
          ),
          reply<Pick>(t('keepAll'), 'none'),
        ]),
      timeout: { afterMs: minutes(15), to: 'end' },
      giveUp: 'left',
      next: { to: 'picked', set: (pick) => (pick === 'none' ? {} : { alert: pick }) },
    },
    picked: {
      kind: 'branch',
      when: [{ is: ({ state }) => state.alert === undefined, to: 'kept' }],
      otherwise: 'withdraw',
    },
    withdraw: {
      kind: 'call',
      need: 'watch',
      operation: 'withdraw',
      input: ({ state }) => ({ alert: state.alert?.id ?? '-' }),
      on: { withdrawn: 'ended', over: 'ended', declined: 'notEnded', unknown: 'unsure' },
    },
    ended: say('ended'),
    kept: say('kept'),
    left: say('left'),
    noAlerts: say('noAlerts'),
    cannotLook: say('cannotLook'),
    notLinked: say('notLinked'),
    notEnded: say('notEnded'),
    unreachable: say('unreachable'),
    unsure: say('unsure'),
    end: { kind: 'end' },
  },
})

/** The bank's event says which; what it says of it is read from the bank. */
export const toldFlow = defineFlow(contract, {
  id: 'told',
  revision: 2,
  input,
  state: slots,
  start: 'find',
  steps: {
    find: {
      kind: 'call',
      need: 'watch',
      operation: 'find',
      input: (context) => ({ alert: context.input.alert ?? '-' }),
      on: {
        found: { to: 'isOn', set: (found) => ({ alert: found }) },
        declined: { to: 'isMissed', set: ({ reason }) => (reason === 'try_later' ? { missed: looksAtMost } : {}) },
        unknown: { to: 'isMissed', set: (_none, { state: { missed = 0 } }) => ({ missed: missed + 1 }) },
      },
    },
    isMissed: {
      kind: 'branch',
      when: [
        { is: ({ state: { missed = 0 } }) => missed >= looksAtMost, to: 'tellLess' },
        { is: ({ state: { missed } }) => missed !== undefined, to: 'pause' },
      ],
      otherwise: 'end',
    },
    pause: {
      kind: 'wait',
      until: ({ now, state: { missed = 1 } }) => addMs(now, pauses[missed - 1] ?? minutes(10)),
      next: 'find',
    },
    // Taken back meanwhile: nothing is said any more.
    isOn: {
      kind: 'branch',
      when: [{ is: ({ state }) => state.alert?.state === 'watching' && state.alert.seen !== undefined, to: 'tell' }],
      otherwise: 'end',
    },
    tell: {
      kind: 'say',
      message: ({ t, state }) => {
        const { name = '', price = '', seen = '', direction } = state.alert ?? {}
        return textMessage(t(direction === 'below' ? 'crossedBelow' : 'crossedAbove', about(name, price, seen)))
      },
      next: 'end',
    },
    tellLess: { kind: 'say', message: ({ t }) => textMessage(t('crossedUnclear')), next: 'end' },
    end: { kind: 'end' },
  },
})
