import { defineFlow, minutes, reply, shorten, textMessage, z, type ContextOf } from '@inthread/sdk'
import { priceAlertSchema } from '@inthread/sdk/capabilities'
import { about, contract, splitPriced } from './contract.ts'

const alert = z.object(priceAlertSchema.shape)
const input = z.strictObject({ alert: z.string().optional() })
const slots = z.strictObject({ alerts: z.array(alert), alert, pick: z.union([alert, z.literal('none')]) }).partial()
type Pick = NonNullable<z.infer<typeof slots>['pick']>
type Context = ContextOf<typeof contract, z.infer<typeof slots>, z.infer<typeof input>>

const say = (text: 'ended' | 'kept' | 'noAlerts' | 'unreachable' | 'unsure') =>
  ({ kind: 'say', message: ({ t }: Context) => textMessage(t(text)), next: 'end' }) as const

/** Takes one back. */
export const endFlow = defineFlow(contract, {
  id: 'end',
  revision: 2,
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
        declined: 'noAlerts',
        unknown: 'unreachable',
      },
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
      giveUp: 'end',
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
      on: { withdrawn: 'ended', over: 'ended', declined: 'unreachable', unknown: 'unsure' },
    },
    ended: say('ended'),
    kept: say('kept'),
    noAlerts: say('noAlerts'),
    unreachable: say('unreachable'),
    unsure: say('unsure'),
    end: { kind: 'end' },
  },
})

/** The bank's event says which; what it says of it is read from the bank. */
export const toldFlow = defineFlow(contract, {
  id: 'told',
  revision: 1,
  input,
  state: slots,
  start: 'find',
  steps: {
    find: {
      kind: 'call',
      need: 'watch',
      operation: 'find',
      input: (context) => ({ alert: context.input.alert ?? '-' }),
      on: { found: { to: 'isOn', set: (found) => ({ alert: found }) }, declined: 'end', unknown: 'end' },
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
    end: { kind: 'end' },
  },
})
