import { cardMessage, defineFlow, formatDay, localParts, money, moneySchema, textMessage, z } from '@inthread/sdk'
import { contract } from '../contract.ts'

const state = z
  .strictObject({
    points: z.string(),
    worth: moneySchema,
    first: z.strictObject({ points: z.string(), at: z.int() }),
    linked: z.boolean(),
  })
  .partial()

/** How many points there are, what they are worth, and which end first. */
export const pointsFlow = defineFlow(contract, {
  id: 'points',
  revision: 2,
  input: z.strictObject({}),
  state,
  start: 'look',
  steps: {
    look: {
      kind: 'call',
      need: 'points',
      operation: 'balance',
      input: () => ({}),
      on: {
        answered: {
          to: 'isAny',
          set: ({ points, worth, lots: [first] }) => ({
            ...{ points, worth },
            ...(first ? { first: { points: first.points, at: first.expiresAt } } : {}),
          }),
        },
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
      when: [{ is: ({ state: { points } }) => points === '0', to: 'sayNone' }],
      otherwise: 'sayPoints',
    },
    sayPoints: {
      kind: 'say',
      message: ({ t, now, locale, timeZone, state: { points = '0', worth = money('0', 'CNY'), first } }) => {
        // Points last for a year and longer: a day without its year could be today's.
        const { year, month, day } = localParts(first?.at ?? now, timeZone)
        return cardMessage({
          title: t('pointsTitle', { points, worth }),
          description: t('pointsLot', {
            points: first?.points ?? '0',
            day: formatDay(`${year}-${month}-${day}`, locale),
          }),
        })
      },
      next: 'end',
    },
    sayNone: { kind: 'say', message: ({ t }) => textMessage(t('noPoints')), next: 'end' },
    sayNotLinked: { kind: 'say', message: ({ t }) => textMessage(t('notLinked')), next: 'end' },
    sayCannotLook: { kind: 'say', message: ({ t }) => textMessage(t('cannotLook')), next: 'end' },
    sayUnreachable: { kind: 'say', message: ({ t }) => textMessage(t('unreachable')), next: 'end' },
    end: { kind: 'end' },
  },
})
