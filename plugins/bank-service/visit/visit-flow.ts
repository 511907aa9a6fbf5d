import {
  cardMessage,
  carousel,
  defineFlow,
  formatMoney,
  hours,
  minutes,
  moneySchema,
  reply,
  shorten,
  textMessage,
  z,
  type Content,
  type ContextOf,
} from '@inthread/sdk'
import { branchSchema } from '@inthread/sdk/capabilities'
import { contract } from '../contract.ts'
import { readAmount } from '../words/read-amount.ts'
import { heldSchema, pickSlotFlow } from './pick-slot-flow.ts'

export const services = ['general', 'cash-large', 'coins', 'certificate', 'foreign-currency'] as const

const input = z.strictObject({ service: z.enum(services).optional(), cash: moneySchema.optional() })
const state = z
  .strictObject({
    service: z.enum(services),
    cash: moneySchema,
    branches: z.array(branchSchema),
    branch: z.string(),
    held: heldSchema,
    answer: z.enum(['book', 'time', 'leave']),
    ticket: z.string(),
    result: z.enum(['succeeded', 'declined']),
  })
  .partial()
type Context = ContextOf<typeof contract, z.infer<typeof state>, z.infer<typeof input>>

const patience = { timeout: { afterMs: minutes(10), to: 'sayQuiet' }, giveUp: 'sayQuiet' } as const
const branchesShown = 10
const say = (message: (context: Context) => Content) => ({ kind: 'say', message, next: 'end' }) as const

/** What for, where, when; the place is kept for five minutes, and large cash is ordered before it is promised. */
export const visitFlow = defineFlow(contract, {
  id: 'visit',
  revision: 1,
  input,
  state,
  begin: ({ service, cash }) => ({ ...(service ? { service } : {}), ...(cash ? { cash } : {}) }),
  start: 'askService',
  runs: { pickSlot: pickSlotFlow },
  steps: {
    askService: {
      kind: 'ask',
      slot: 'service',
      prompt: ({ t }) =>
        textMessage(
          t('whichService'),
          services.map((service) => reply(t(service), service)),
        ),
      ...patience,
      next: 'needsCash',
    },
    needsCash: {
      kind: 'branch',
      when: [{ is: ({ state: { service } }) => service === 'cash-large', to: 'askCash' }],
      otherwise: 'branches',
    },
    askCash: {
      kind: 'ask',
      slot: 'cash',
      prompt: ({ t }) => textMessage(t('howMuchCash')),
      read: (words) => {
        const said = readAmount(words)
        return said && 'amount' in said ? said.amount : undefined
      },
      ...patience,
      next: 'branches',
    },
    branches: {
      kind: 'call',
      need: 'appointment',
      operation: 'branches',
      input: ({ state: { service = 'general' } }) => ({ service }),
      on: {
        listed: { to: 'isAny', set: ({ items }) => ({ branches: items.slice(0, branchesShown) }) },
        declined: 'sayNotPossible',
        unknown: 'sayUnreachable',
      },
    },
    isAny: {
      kind: 'branch',
      when: [{ is: ({ state: { branches = [] } }) => branches.length === 0, to: 'sayNoBranch' }],
      otherwise: 'askBranch',
    },
    askBranch: {
      kind: 'ask',
      slot: 'branch',
      prompt: ({ t, state: { branches = [] } }) =>
        carousel(
          branches.map(({ id, name, district, address }) => ({
            title: t('branchName', { name, district }),
            description: t('branchAddress', { address }),
            suggestions: [reply(t('takeBranch', { name: shorten(name, 22) }), id)],
          })),
        ),
      read: (words, { state: { branches = [] } }) =>
        branches.find(({ name, district }) => [name, district].includes(words.trim()))?.id,
      ...patience,
      next: 'pick',
    },
    pick: {
      kind: 'run',
      flow: 'pickSlot',
      input: ({ state: { branch = '', service = 'general', cash } }) => ({
        branch,
        service,
        ...(cash ? { cash } : {}),
      }),
      on: { done: { to: 'isKept', set: ({ held }) => ({ held, answer: undefined }) } },
    },
    isKept: {
      kind: 'branch',
      when: [{ is: ({ state: { held } }) => held !== undefined, to: 'askBook' }],
      otherwise: 'sayNotBooked',
    },
    askBook: {
      kind: 'ask',
      slot: 'answer',
      prompt: ({ t, state: { held, cash } }) =>
        cardMessage({
          title: t('visitTitle', { service: held?.service ?? '' }),
          description: t('visitBody', { ...timesOf(held), cash: cash ? formatMoney(cash) : '' }),
          suggestions: [
            reply(t('bookIt'), 'book' as const),
            reply(t('otherTime'), 'time' as const),
            reply(t('leaveIt'), 'leave' as const),
          ],
        }),
      timeout: { afterMs: minutes(5), to: 'sayNotBooked' },
      next: 'answered',
    },
    answered: {
      kind: 'branch',
      when: [
        { is: ({ state: { answer } }) => answer === 'book', to: 'book' },
        { is: ({ state: { answer } }) => answer === 'time', to: 'pick' },
      ],
      otherwise: 'sayNotBooked',
    },
    book: {
      kind: 'call',
      need: 'appointment',
      operation: 'book',
      input: ({ state: { held } }) => ({ quote: held?.quote ?? '' }),
      on: {
        succeeded: { to: 'sayBooked', set: ({ ticketNo }) => ({ ticket: ticketNo }) },
        ordering: { to: 'sayOrdering', set: ({ ticketNo }) => ({ ticket: ticketNo }) },
        declined: 'sayNotBooked',
        cancelled: 'sayNotBooked',
        expired: 'sayNotBooked',
        unknown: 'sayChecking',
      },
    },
    sayOrdering: {
      kind: 'say',
      message: ({ t, state: { held } }) => textMessage(t('ordering', timesOf(held))),
      next: 'settle',
    },
    sayChecking: { kind: 'say', message: ({ t }) => textMessage(t('bookChecking')), next: 'settle' },
    settle: {
      kind: 'wait',
      need: 'appointment',
      event: 'settled',
      limitMs: hours(56),
      on: { happened: { to: 'settled', set: ({ result }) => ({ result }) }, limit: 'end' },
    },
    settled: {
      kind: 'branch',
      when: [{ is: ({ state: { result } }) => result === 'succeeded', to: 'sayBooked' }],
      otherwise: 'sayNoStock',
    },
    sayBooked: say(({ t, state: { held, ticket = '–' } }) => textMessage(t('booked', { ...timesOf(held), ticket }))),
    sayNoStock: say(({ t, state: { held } }) => textMessage(t('noStock', { branch: held?.branch ?? '' }))),
    sayNoBranch: say(({ t }) => textMessage(t('noBranch'))),
    sayNotBooked: say(({ t }) => textMessage(t('notBooked'))),
    sayQuiet: say(({ t }) => textMessage(t('quiet'))),
    sayUnreachable: say(({ t }) => textMessage(t('unreachable'))),
    sayNotPossible: say(({ t }) => textMessage(t('notPossible'))),
    end: { kind: 'end' },
  },
})

function timesOf(held: z.infer<typeof heldSchema> | undefined): { branch: string; from: number; to: number } {
  return { branch: held?.branch ?? '', from: held?.from ?? 0, to: held?.to ?? 0 }
}
