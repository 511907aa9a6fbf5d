import { defineFlow, textMessage, z, type Content, type ContextOf } from '@inthread/sdk'
import { contract } from '../contract.ts'
import { findMissed, lookAgainSteps } from '../look-again.ts'
import { lastDigits, purchaseSchema, toPurchase } from './purchase.ts'

/** `told`: what the bank has told of the dispute. */
const input = z.strictObject({ notice: z.string(), told: z.string() })
const state = z
  .strictObject({
    purchase: purchaseSchema,
    dispute: z.string(),
    frozen: z.boolean(),
    credited: z.boolean(),
    /** How often the bank has not said what it told of. */
    missed: z.int(),
  })
  .partial()
type Context = ContextOf<typeof contract, z.infer<typeof state>, z.infer<typeof input>>
type Found = NonNullable<z.infer<typeof state>['purchase']>

const say = (message: (context: Context, purchase: Found) => Content) =>
  ({
    kind: 'say',
    message: (context: Context) => {
      const { purchase } = context.state
      return purchase ? message(context, purchase) : textMessage(context.t('disputeUnclear'))
    },
    next: 'end',
  }) as const

/** What becomes of a purchase that the user has denied: money that comes, stays, or goes again. */
export const disputeFlow = defineFlow(contract, {
  id: 'dispute',
  revision: 1,
  input,
  state,
  start: 'find',
  steps: {
    find: {
      kind: 'call',
      need: 'cardNotice',
      operation: 'find',
      input: ({ input: { notice } }) => ({ notice }),
      on: {
        found: {
          to: 'how',
          set: (found) => ({
            purchase: toPurchase(found),
            dispute: found.dispute,
            frozen: found.card === 'frozen',
            credited: found.credited === true,
          }),
        },
        ...findMissed,
      },
    },
    ...lookAgainSteps,
    // What has become of it since is told by itself.
    how: {
      kind: 'branch',
      when: [
        { is: ({ state: { purchase }, input: { told } }) => purchase?.state !== told, to: 'end' },
        { is: ({ input: { told } }) => told === 'provisional_credit', to: 'sayCredited' },
        { is: ({ input: { told } }) => told === 'resolved_won', to: 'sayWon' },
        { is: ({ input: { told } }) => told === 'resolved_lost', to: 'sayLost' },
      ],
      otherwise: 'end',
    },
    sayCredited: say(({ t, state: { dispute = '' } }, { amount }) =>
      textMessage(t('disputeCredited', { dispute, amount })),
    ),
    sayWon: say(({ t, state: { dispute = '', frozen } }, { amount, mask }) =>
      textMessage(t('disputeWon', { dispute, amount, mask: lastDigits(mask), frozen: frozen ? 1 : 0 })),
    ),
    sayLost: say(({ t, state: { dispute = '', credited } }, { amount }) =>
      textMessage(t('disputeLost', { dispute, amount, credited: credited ? 1 : 0 })),
    ),
    sayUnclear: { kind: 'say', message: ({ t }) => textMessage(t('disputeUnclear')), next: 'end' },
    end: { kind: 'end' },
  },
})
