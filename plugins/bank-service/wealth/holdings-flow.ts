import { cardMessage, defineFlow, formatMoney, textMessage, z } from '@inthread/sdk'
import { holdingSchema } from '@inthread/sdk/capabilities'
import { toRows } from '../common-texts.ts'
import { contract } from '../contract.ts'

/** What the user holds, at the price of today. */
export const holdingsFlow = defineFlow(contract, {
  id: 'holdings',
  revision: 2,
  input: z.strictObject({}),
  state: z.strictObject({ holdings: z.array(holdingSchema), linked: z.boolean() }).partial(),
  start: 'look',
  steps: {
    look: {
      kind: 'call',
      need: 'wealth',
      operation: 'holdings',
      input: () => ({}),
      on: {
        listed: { to: 'isAny', set: ({ items }) => ({ holdings: items.slice(0, 6) }) },
        declined: { to: 'whyNot', set: ({ reason }) => ({ linked: reason !== 'not_linked' }) },
        unknown: 'sayUnreachable',
      },
    },
    whyNot: {
      kind: 'branch',
      when: [{ is: ({ state: { linked } }) => linked === false, to: 'sayNotLinked' }],
      otherwise: 'sayCannotLook',
    },
    isAny: {
      kind: 'branch',
      when: [{ is: ({ state: { holdings = [] } }) => holdings.length === 0, to: 'sayNone' }],
      otherwise: 'show',
    },
    show: {
      kind: 'say',
      message: ({ t, state: { holdings = [] } }) =>
        cardMessage({
          title: t('holdingsTitle'),
          description: t('rows', toRows(holdings.map(({ name, value }) => `${name}  ${formatMoney(value)}`))),
        }),
      next: 'end',
    },
    sayNone: { kind: 'say', message: ({ t }) => textMessage(t('noHoldings')), next: 'end' },
    sayNotLinked: { kind: 'say', message: ({ t }) => textMessage(t('notLinked')), next: 'end' },
    sayCannotLook: { kind: 'say', message: ({ t }) => textMessage(t('cannotLook')), next: 'end' },
    sayUnreachable: { kind: 'say', message: ({ t }) => textMessage(t('unreachable')), next: 'end' },
    end: { kind: 'end' },
  },
})
