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
      textMessage(context.t('askWithdraw', { ...describe(context), until: untilOf(context) }), [
        reply(context.t('withdraw'), 'withdraw' as const),
        reply(context.t('keepIt'), 'keep' as const),
      ]),
    timeout: { afterMs, to: 'end' },
    giveUp: 'sayCanStill',
    next: 'decided',
  }) as const

const say = (message: (context: Context) => Content) => ({ kind: 'say', message, next: 'end' }) as const

/** Taking back a transfer that has not gone yet: right after it was accepted, or later by words. */
export const withdrawFlow = defineFlow(contract, {
  id: 'withdraw',
  revision: 2,
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
      timeout: { afterMs: minutes(15), to: 'sayQuiet' },
      next: 'withdraw',
    },
    howLong: {
      kind: 'branch',
      when: [{ is: (context) => untilOf(context) - context.now > hours(3) * 1000, to: 'askToday' }],
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
      on: { withdrawn: 'mark', too_late: 'sayTooLate', declined: 'hasTime', unknown: 'sayUnsure' },
    },
    mark: {
      kind: 'write',
      to: 'delayed',
      put: ({ state: { delayed } }) => ({ ...(delayed ?? nothing), withdrawn: true }),
      next: 'sayWithdrawn',
    },
    // A refusal is not the news that it has gone: whoever still has the time can try once more.
    hasTime: {
      kind: 'branch',
      when: [{ is: (context) => untilOf(context) > context.now, to: 'sayRefused' }],
      otherwise: 'sayOutOfTime',
    },
    sayWithdrawn: say((context) => textMessage(context.t('withdrawn', describe(context)))),
    sayGoesOn: say((context) => textMessage(context.t('goesOn', describe(context)))),
    sayCanStill: say((context) =>
      textMessage(context.t('canStill', { ...describe(context), until: untilOf(context) })),
    ),
    sayTooLate: say(({ t }) => textMessage(t('tooLate'))),
    sayRefused: say(({ t }) => textMessage(t('withdrawRefused'))),
    sayOutOfTime: say(({ t }) => textMessage(t('withdrawOutOfTime'))),
    sayUnsure: say(({ t }) => textMessage(t('withdrawUnsure'))),
    sayNone: say(({ t }) => textMessage(t('nothingDelayed'))),
    sayQuiet: say(({ t }) => textMessage(t('quiet'))),
    end: { kind: 'end' },
  },
  moves: { 1: { steps: { askWhich: 'askWhich', askSoon: 'askSoon', askToday: 'askToday' } } },
})

const nothing = { transfer: '', amount: '0', name: '', until: 0, withdrawn: true }

function untilOf({ state: { delayed } }: Context): number {
  return delayed?.until ?? 0
}

function describe({ state: { delayed } }: Context): { amount: ReturnType<typeof money>; name: string } {
  return { amount: money(delayed?.amount ?? '0', 'CNY'), name: delayed?.name ?? '' }
}
