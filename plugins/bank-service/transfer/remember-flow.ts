import { defineFlow, minutes, reply, textMessage, z } from '@inthread/sdk'
import { contract } from '../contract.ts'

const payee = z.strictObject({ phone: z.string(), name: z.string(), bank: z.string(), nick: z.string().optional() })
const longest = 12

/** Once a payee was paid: what to call them, so that a sentence will do next time. */
export const rememberFlow = defineFlow(contract, {
  id: 'remember',
  revision: 2,
  input: payee,
  state: z.strictObject({ nick: z.union([z.strictObject({ nick: z.string() }), z.literal('none')]) }).partial(),
  result: z.strictObject({}),
  start: 'isKnown',
  steps: {
    isKnown: {
      kind: 'read',
      from: 'payees',
      by: 'key',
      key: ({ input }) => input.phone,
      on: { found: 'end', none: 'wasNamed' },
    },
    // The sentence that asked for the transfer has named them.
    wasNamed: {
      kind: 'branch',
      when: [{ is: ({ input }) => input.nick !== undefined, to: 'keepNamed' }],
      otherwise: 'ask',
    },
    ask: {
      kind: 'ask',
      slot: 'nick',
      prompt: ({ t, input }) => textMessage(t('askNick', { name: input.name }), [reply(t('noNick'), 'none')]),
      read: (words) => {
        const nick = words.trim()
        return nick === '' || [...nick].length > longest || /\d/.test(nick) ? undefined : { nick }
      },
      timeout: { afterMs: minutes(10), to: 'keep' },
      giveUp: 'keep',
      next: 'keep',
    },
    keep: {
      kind: 'write',
      to: 'payees',
      put: ({ input: { phone, name, bank }, state: { nick } }) => ({
        ...{ phone, name, bank },
        ...(typeof nick === 'object' ? { nick: nick.nick } : {}),
      }),
      next: 'isNamed',
    },
    isNamed: {
      kind: 'branch',
      when: [
        { is: ({ state: { nick } }) => typeof nick === 'object', to: 'sayKept' },
        { is: ({ state: { nick } }) => nick === 'none', to: 'sayNoNick' },
      ],
      otherwise: 'end',
    },
    sayNoNick: { kind: 'say', message: ({ t }) => textMessage(t('nickNotKept')), next: 'end' },
    sayKept: {
      kind: 'say',
      message: ({ t, state: { nick } }) =>
        textMessage(t('nickKept', { nick: typeof nick === 'object' ? nick.nick : '' })),
      next: 'end',
    },
    keepNamed: {
      kind: 'write',
      to: 'payees',
      put: ({ input: { nick = '', ...rest } }) => ({ ...rest, nick }),
      next: 'sayNamed',
    },
    sayNamed: {
      kind: 'say',
      message: ({ t, input }) => textMessage(t('nickKept', { nick: input.nick ?? '' })),
      next: 'end',
    },
    end: { kind: 'end', result: () => ({}) },
  },
})

export type RememberFlow = typeof rememberFlow
