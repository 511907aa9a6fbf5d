import { defineFlow, hours, minutes, money, reply, textMessage, z, type Content, type ContextOf } from '@inthread/sdk'
import { contract, delayedSchema } from '../contract.ts'

const state = z
  .strictObject({ all: z.array(delayedSchema), delayed: delayedSchema, answer: z.enum(['withdraw', 'keep']) })
  .partial()
const input = z.strictObject({ delayed: delayedSchema.optional() })
type Context = ContextOf<typeof contract, z.infer<typeof state>, z.infer<typeof input>>

const ask = (afterMs: number) =>
  ({
    kind: 'ask',
    slot: 'answer',
    prompt: (context: Context) =>
      textMessage(context.t('askWithdraw', { ...describe(context), until: context.state.delayed?.until ?? 0 }), [
        reply(context.t('withdraw'), 'withdraw' as const),
        reply(context.t('keepIt'), 'keep' as const),
      ]),
    timeout: { afterMs, to: 'end' },
    next: 'decided',
  }) as const

const say = (text: 'tooLate' | 'withdrawUnsure' | 'nothingDelayed') =>
  ({ kind: 'say', message: ({ t }: Context): Content => textMessage(t(text)), next: 'end' }) as const

/** Taking back a transfer that has not gone yet: right after it was accepted, or later by words. */
export const withdrawFlow = defineFlow(contract, {
  id: 'withdraw',
  revision: 1,
  input,
  state,
  begin: ({ delayed }) => (delayed ? { delayed } : {}),
  start: 'which',
  steps: {
    which: {
      kind: 'branch',
      when: [{ is: ({ state: { delayed } }) => delayed !== undefined, to: 'howLong' }],
      otherwise: 'read',
    },
    read: {
      kind: 'read',
      from: 'delayed',
      by: 'mine',
      limit: 50,
      on: {
        found: {
          to: 'isAny',
          set: (all, { now }) => ({ all: all.filter(({ withdrawn, until }) => !withdrawn && until > now) }),
        },
        none: 'sayNone',
      },
    },
    isAny: {
      kind: 'branch',
      when: [{ is: ({ state: { all = [] } }) => all.length === 0, to: 'sayNone' }],
      otherwise: 'askWhich',
    },
    askWhich: {
      kind: 'ask',
      slot: 'delayed',
      prompt: ({ t, state: { all = [] } }) =>
        textMessage(
          t('askDelayed'),
          all
            .slice(0, 8)
            .map((each) => reply(t('delayedLabel', { amount: money(each.amount, 'CNY'), name: each.name }), each)),
        ),
      timeout: { afterMs: minutes(15), to: 'end' },
      next: 'withdraw',
    },
    howLong: {
      kind: 'branch',
      when: [{ is: ({ state: { delayed }, now }) => (delayed?.until ?? 0) - now > hours(3) * 1000, to: 'askToday' }],
      otherwise: 'askSoon',
    },
    // The question is over when the transfer goes.
    askSoon: ask(hours(2)),
    askToday: ask(hours(24)),
    decided: {
      kind: 'branch',
      when: [{ is: ({ state: { answer } }) => answer === 'withdraw', to: 'withdraw' }],
      otherwise: 'sayGoesOn',
    },
    withdraw: {
      kind: 'call',
      need: 'transfer',
      operation: 'withdraw',
      input: ({ state: { delayed } }) => ({ transfer: delayed?.transfer ?? '' }),
      on: { withdrawn: 'mark', too_late: 'sayTooLate', declined: 'sayTooLate', unknown: 'sayUnsure' },
    },
    mark: {
      kind: 'write',
      to: 'delayed',
      put: ({ state: { delayed } }) => ({ ...(delayed ?? nothing), withdrawn: true }),
      next: 'sayWithdrawn',
    },
    sayWithdrawn: {
      kind: 'say',
      message: (context) => textMessage(context.t('withdrawn', describe(context))),
      next: 'end',
    },
    sayGoesOn: { kind: 'say', message: (context) => textMessage(context.t('goesOn', describe(context))), next: 'end' },
    sayTooLate: say('tooLate'),
    sayUnsure: say('withdrawUnsure'),
    sayNone: say('nothingDelayed'),
    end: { kind: 'end' },
  },
})

const nothing = { transfer: '', amount: '0', name: '', until: 0, withdrawn: true }

function describe({ state: { delayed } }: Context): { amount: ReturnType<typeof money>; name: string } {
  return { amount: money(delayed?.amount ?? '0', 'CNY'), name: delayed?.name ?? '' }
}
