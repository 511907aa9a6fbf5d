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
import { heldSchema, pickSlotFlow, whySchema } from './pick-slot-flow.ts'

export const services = ['general', 'cash-large', 'coins', 'certificate', 'foreign-currency'] as const

/** `branch`: where the visit was that was called off. */
const input = z.strictObject({
  service: z.enum(services).optional(),
  cash: moneySchema.optional(),
  branch: z.string().optional(),
})
const state = z
  .strictObject({
    service: z.enum(services),
    cash: moneySchema,
    branches: z.array(branchSchema),
    branch: z.string(),
    held: heldSchema,
    why: whySchema,
    answer: z.enum(['book', 'time', 'leave']),
    /** By the bank's name, while the branch orders the cash. */
    ordered: z.string(),
    ticket: z.string(),
    other: z.enum(['time', 'leave']),
    unlinked: z.boolean(),
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
  revision: 2,
  input,
  state,
  result: z.strictObject({}),
  begin: ({ service, cash, branch }) => ({
    ...(service ? { service } : {}),
    ...(cash ? { cash } : {}),
    ...(branch ? { branch } : {}),
  }),
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
        declined: { to: 'isLinked', set: ({ reason }) => ({ unlinked: reason === 'not_linked' }) },
        unknown: 'sayUnreachable',
      },
    },
    isLinked: {
      kind: 'branch',
      when: [{ is: ({ state: { unlinked } }) => unlinked === true, to: 'sayNotLinked' }],
      otherwise: 'sayCannotLook',
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
      on: {
        done: {
          to: 'isKept',
          set: ({ held, why }) => ({ held, why, answer: undefined, other: undefined, result: undefined }),
        },
      },
    },
    isKept: {
      kind: 'branch',
      when: [
        { is: ({ state: { held } }) => held !== undefined, to: 'askBook' },
        { is: ({ state: { why } }) => why === 'unreachable', to: 'sayNoTimes' },
        { is: ({ state: { why } }) => why === 'not_linked', to: 'sayNotLinked' },
      ],
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
        ordering: { to: 'noteOrdered', set: ({ id, ticketNo }) => ({ ordered: id, ticket: ticketNo }) },
        declined: 'askOther',
        cancelled: 'sayNotBooked',
        expired: 'sayNotBooked',
        unknown: 'sayChecking',
      },
    },
    // What becomes of it is told here, and not as a visit that somebody has called off.
    noteOrdered: {
      kind: 'write',
      to: 'visits',
      put: ({ state: { ordered = '-' } }) => ({ appointment: ordered }),
      next: 'sayOrdering',
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
      on: { happened: { to: 'settled', set: ({ result }) => ({ result }) }, limit: 'forget' },
    },
    settled: {
      kind: 'branch',
      when: [{ is: ({ state: { result } }) => result === 'succeeded', to: 'forget' }],
      otherwise: 'askOther',
    },
    // From here on the branch may call it off like any other.
    forget: {
      kind: 'write',
      to: 'visits',
      remove: ({ state: { ordered = '-' } }) => ordered,
      next: 'isBooked',
    },
    isBooked: {
      kind: 'branch',
      when: [{ is: ({ state: { result } }) => result === 'succeeded', to: 'sayBooked' }],
      otherwise: 'end',
    },
    // Where the bank has refused it, the bank has said so.
    askOther: {
      kind: 'ask',
      slot: 'other',
      prompt: ({ t, state: { result, cash, held } }) =>
        textMessage(
          result === undefined ? t('placeFree') : cash ? t('noStock', { branch: held?.branch ?? '' }) : t('bookFailed'),
          [reply(t('otherTime'), 'time' as const), reply(t('leaveIt'), 'leave' as const)],
        ),
      timeout: { afterMs: hours(12), to: 'end' },
      giveUp: 'sayQuiet',
      next: 'wantsOther',
    },
    wantsOther: {
      kind: 'branch',
      when: [{ is: ({ state: { other } }) => other === 'time', to: 'pick' }],
      otherwise: 'sayDone',
    },
    sayBooked: say(({ t, state: { held, ticket = '–' } }) => textMessage(t('booked', { ...timesOf(held), ticket }))),
    sayNoBranch: say(({ t }) => textMessage(t('noBranch'))),
    sayNotBooked: say(({ t }) => textMessage(t('notBooked'))),
    sayQuiet: say(({ t }) => textMessage(t('quiet'))),
    sayUnreachable: say(({ t }) => textMessage(t('unreachable'))),
    sayCannotLook: say(({ t }) => textMessage(t('cannotLook'))),
    sayNotLinked: say(({ t }) => textMessage(t('notLinked'))),
    sayNoTimes: say(({ t }) => textMessage(t('noTimes'))),
    sayDone: say(({ t }) => textMessage(t('allDone'))),
    end: { kind: 'end', result: () => ({}) },
  },
})

function timesOf(held: z.infer<typeof heldSchema> | undefined): { branch: string; from: number; to: number } {
  return { branch: held?.branch ?? '', from: held?.from ?? 0, to: held?.to ?? 0 }
}
