import { defineFlow, minutes, reply, textMessage, z, type Content, type ContextOf } from '@inthread/sdk'
import { accountSchema, serviceSchema } from './catalogue.ts'
import { contract } from './contract.ts'

const state = z
  .strictObject({ services: z.array(serviceSchema), saved: z.array(accountSchema), choice: z.string() })
  .partial()

type Context = ContextOf<typeof contract, z.infer<typeof state>, Readonly<Record<never, never>>>

/** The accounts that were kept, and the way to have one forgotten. */
export const accountsFlow = defineFlow(contract, {
  id: 'accounts',
  revision: 1,
  input: z.strictObject({}),
  state,
  start: 'readServices',
  steps: {
    readServices: {
      kind: 'read',
      from: 'services',
      by: 'all',
      where: () => ({}),
      limit: 11,
      on: { found: { to: 'readSaved', set: (services) => ({ services: [...services] }) }, none: 'sayNone' },
    },
    readSaved: {
      kind: 'read',
      from: 'accounts',
      by: 'mine',
      limit: 10,
      on: { found: { to: 'show', set: (saved) => ({ saved: [...saved] }) }, none: 'sayNone' },
    },
    show: {
      kind: 'ask',
      slot: 'choice',
      prompt: accountsQuestion,
      timeout: { afterMs: minutes(15), to: 'end' },
      giveUp: 'sayKept',
      next: 'chosen',
    },
    chosen: { kind: 'branch', when: [{ is: ({ state }) => state.choice === '', to: 'sayKept' }], otherwise: 'remove' },
    remove: { kind: 'write', to: 'accounts', remove: ({ state }) => state.choice ?? '', next: 'sayRemoved' },
    sayRemoved: {
      kind: 'say',
      message: ({ state, t }) => textMessage(t('removed', { tail: (state.choice ?? '').slice(-4) })),
      next: 'end',
    },
    sayKept: { kind: 'say', message: ({ t }) => textMessage(t('allKept')), next: 'end' },
    sayNone: { kind: 'say', message: ({ t }) => textMessage(t('noAccounts')), next: 'end' },
    end: { kind: 'end' },
  },
})

function accountsQuestion({ state, locale, t }: Context): Content<string> {
  const saved = state.saved ?? []
  const nameOf = (biller: string): string => {
    const service = state.services?.find((each) => each.biller === biller)
    return (locale.startsWith('zh') ? service?.name : service?.nameEn) ?? ''
  }
  return textMessage<string>(t('myAccounts', { count: saved.length }), [
    ...saved.map(({ id, biller, number }) =>
      reply<string>(t('removeChip', { name: nameOf(biller), tail: number.slice(-4) }), id),
    ),
    reply<string>(t('keepAll'), ''),
  ])
}
