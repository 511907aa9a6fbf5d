import { defineFlow, minutes, reply, textMessage, z } from '@inthread/sdk'
import { contract } from '../contract.ts'
import { readNick } from '../words/read-nick.ts'
import { readYes } from '../words/read-yes.ts'

const payee = z.strictObject({ phone: z.string(), name: z.string(), bank: z.string(), nick: z.string().optional() })
const state = z
  .strictObject({
    wanted: z.enum(['name', 'none']),
    nick: z.union([z.strictObject({ nick: z.string() }), z.literal('none')]),
  })
  .partial()
const patience = { timeout: { afterMs: minutes(10), to: 'keep' }, giveUp: 'keepBare' } as const

/**
 * Once a payee was paid: what to call them, so that a sentence will do next time. Only who has said that they want to
 * is asked for a name: whatever else is written next shall not become one.
 */
export const rememberFlow = defineFlow(contract, {
  id: 'remember',
  revision: 3,
  input: payee,
  state,
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
      slot: 'wanted',
      prompt: ({ t, input }) =>
        textMessage(t('askWhetherNick', { name: input.name }), [
          reply(t('giveNick'), 'name'),
          reply(t('noNick'), 'none'),
        ]),
      read: (words) => {
        const agreed = readYes(words)
        return agreed === undefined ? undefined : agreed ? 'name' : 'none'
      },
      ...patience,
      next: 'isWanted',
    },
    isWanted: {
      kind: 'branch',
      when: [{ is: ({ state: { wanted } }) => wanted === 'name', to: 'askNick' }],
      otherwise: 'keep',
    },
    askNick: {
      kind: 'ask',
      slot: 'nick',
      prompt: ({ t, input }) => textMessage(t('askNick', { name: input.name }), [reply(t('noNick'), 'none')]),
      read: (words) => readNick(words),
      ...patience,
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
    // Whoever wrote something else hears that no name came of it.
    keepBare: {
      kind: 'write',
      to: 'payees',
      put: ({ input: { phone, name, bank } }) => ({ phone, name, bank }),
      next: 'sayNoNick',
    },
    isNamed: {
      kind: 'branch',
      when: [
        { is: ({ state: { nick } }) => typeof nick === 'object', to: 'sayKept' },
        { is: ({ state: { wanted, nick } }) => wanted === 'none' || nick === 'none', to: 'sayNoNick' },
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
  // The question of before was the one for the name.
  moves: { 2: { steps: { ask: 'askNick' } } },
})

export type RememberFlow = typeof rememberFlow
