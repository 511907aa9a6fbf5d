import {
  defineFlow,
  hours,
  minutes,
  money,
  pagedList,
  reply,
  shorten,
  textMessage,
  z,
  type StepOf,
} from '@inthread/sdk'
import { priceOf, repriced } from './collections.ts'
import { contract } from './contract.ts'
import {
  askHowToPay,
  courseOf,
  courseSlots,
  noHold,
  orderOf,
  type CourseContext,
  type CourseSlots,
} from './course-slots.ts'

const list = pagedList(contract, courseSlots, {
  id: 'list',
  slot: 'item',
  pick: 'pick',
  page: 'page',
  items: ({ state }) => state.found ?? [],
  card: (item, { t }) => ({
    title: t('course', { name: item.name, months: item.months ?? 1 }),
    description: t('amount', { amount: priceOf(item) }),
    suggestions: [reply(t('takeCourse', { name: shorten(item.name, 18) }), item)],
  }),
  read: (words, { state }) => state.found?.find(({ name }) => name === words.trim()),
  buttons: { more: ({ t }) => t('more'), back: ({ t }) => t('back') },
  timeout: { afterMs: minutes(15), to: 'end' },
  none: 'noCourses',
  next: 'hold',
})

type Names =
  | 'settlePay'
  | 'settleLoan'
  | 'settled'
  | 'take'
  | 'keep'
  | 'opened'
  | 'placeGone'
  | 'howPaid'
  | 'giveBackLoan'
  | 'giveBackPaid'
  | 'waitLoanBack'
  | 'waitPaidBack'
  | 'backSettled'
  | 'wentBack'
  | 'notBackYet'
  | 'release'
  | 'checking'
  | 'notPaid'
  | 'stillOpen'
  | 'end'
type Steps<N extends Names> = {
  readonly [K in N]: StepOf<typeof contract, CourseSlots, Names, { months?: number | undefined }>
}

/** What was unknown or on its way has ended; the scene hears of it, and never asks to pay again before. */
const settling: Steps<'settlePay' | 'settleLoan' | 'settled' | 'stillOpen'> = {
  stillOpen: { kind: 'say', message: ({ t }) => textMessage(t('stillOpen')), next: 'end' },
  settlePay: {
    kind: 'wait',
    need: 'pay',
    event: 'settled',
    limitMs: hours(30),
    on: {
      happened: { to: 'settled', set: ({ result, receipt = '' }) => ({ paid: result === 'succeeded', receipt }) },
      limit: 'stillOpen',
    },
  },
  settleLoan: {
    kind: 'wait',
    need: 'loan',
    event: 'settled',
    limitMs: hours(72),
    on: {
      happened: { to: 'settled', set: ({ result, receipt = '' }) => ({ paid: result === 'succeeded', receipt }) },
      limit: 'stillOpen',
    },
  },
  settled: { kind: 'branch', when: [{ is: ({ state }) => state.paid === true, to: 'take' }], otherwise: 'release' },
}

const refund = (reason: string) => (context: Parameters<typeof courseOf>[0]) => ({
  receipt: context.state.receipt ?? '',
  reason,
})

/** The place becomes the pupil's. Should it be gone, everything goes back to where it came from. */
const delivering: Steps<'take' | 'keep' | 'opened'> = {
  take: {
    kind: 'take',
    hold: ({ state }) => state.hold ?? noHold,
    on: { taken: 'keep', lapsed: 'placeGone' },
  },
  keep: {
    kind: 'write',
    to: 'paid',
    put: (context) => {
      const { id, name, amount, currency, refund: back = '0.00' } = courseOf(context)
      const { receipt = '', by = 'payment' } = context.state
      const facts = { id, name, amount, currency, refund: back, receipt, by, at: context.now }
      return { ...facts, kind: 'course' as const, state: 'paid' as const }
    },
    next: 'opened',
  },
  opened: {
    kind: 'say',
    message: (context) =>
      textMessage(context.t('opened', { name: courseOf(context).name, receipt: context.state.receipt ?? '' })),
    next: 'end',
  },
}

type BackNames =
  | 'placeGone'
  | 'howPaid'
  | 'giveBackLoan'
  | 'giveBackPaid'
  | 'waitLoanBack'
  | 'waitPaidBack'
  | 'backSettled'
  | 'wentBack'
  | 'notBackYet'

const moneyOf = (context: CourseContext) => ({ amount: priceOf(courseOf(context)) })

/** That it goes back is said first, and that it has gone back only when it has. */
const givingBack: Steps<BackNames> = {
  placeGone: {
    kind: 'say',
    message: (context) => {
      const { t, state } = context
      const facts = { name: courseOf(context).name, ...moneyOf(context) }
      return textMessage(state.by === 'loan' ? t('placeGoneByLoan', facts) : t('placeGone', facts))
    },
    next: 'howPaid',
  },
  howPaid: {
    kind: 'branch',
    when: [{ is: ({ state }) => state.by === 'loan', to: 'giveBackLoan' }],
    otherwise: 'giveBackPaid',
  },
  giveBackLoan: {
    kind: 'call',
    need: 'loan',
    operation: 'refund',
    input: refund('no place left'),
    on: { succeeded: 'wentBack', declined: 'notBackYet', unknown: 'waitLoanBack', unavailable: 'notBackYet' },
  },
  giveBackPaid: {
    kind: 'call',
    need: 'pay',
    operation: 'refund',
    input: refund('no place left'),
    on: { succeeded: 'wentBack', declined: 'notBackYet', unknown: 'waitPaidBack' },
  },
  waitLoanBack: {
    kind: 'wait',
    need: 'loan',
    event: 'settled',
    limitMs: hours(72),
    on: {
      happened: { to: 'backSettled', set: ({ result }) => ({ paid: result === 'succeeded' }) },
      limit: 'notBackYet',
    },
  },
  waitPaidBack: {
    kind: 'wait',
    need: 'pay',
    event: 'settled',
    limitMs: hours(72),
    on: {
      happened: { to: 'backSettled', set: ({ result }) => ({ paid: result === 'succeeded' }) },
      limit: 'notBackYet',
    },
  },
  backSettled: {
    kind: 'branch',
    when: [{ is: ({ state }) => state.paid === true, to: 'wentBack' }],
    otherwise: 'notBackYet',
  },
  wentBack: {
    kind: 'say',
    message: (context) =>
      textMessage(context.t(context.state.by === 'loan' ? 'backAtBank' : 'backAtPayer', moneyOf(context))),
    next: 'end',
  },
  notBackYet: {
    kind: 'say',
    message: (context) => textMessage(context.t('notBackYet', moneyOf(context))),
    next: 'end',
  },
}

/** A course: its place is held, and paid in full or by a loan. A loan that comes to nothing costs nothing. */
export const courseFlow = defineFlow(contract, {
  id: 'course',
  revision: 2,
  input: z.strictObject({ months: z.int().optional() }),
  state: courseSlots,
  start: 'find',
  steps: {
    find: {
      kind: 'read',
      from: 'courses',
      by: 'state',
      where: () => ({ state: 'open' as const }),
      limit: 10,
      on: {
        found: {
          to: 'isOne',
          set: (rows, { locale, input }) => {
            const all = rows.map(({ id, name, nameEn, months, amount, currency, refund: back, loan }) => ({
              ...{ id, months, amount, currency, refund: back, loan },
              name: locale === 'en' ? nameEn : name,
            }))
            const wanted = all.filter(({ months }) => input.months === undefined || months === input.months)
            const found = wanted.length === 0 ? all : wanted
            return { found, ...(found.length === 1 ? { item: found[0] } : {}) }
          },
        },
        none: 'noCourses',
      },
    },
    isOne: {
      kind: 'branch',
      when: [{ is: ({ state }) => state.item !== undefined, to: 'hold' }],
      otherwise: 'listStart',
    },
    ...list,
    hold: {
      kind: 'reserve',
      from: 'courses',
      counter: 'places',
      of: ({ state }) => ({ key: state.item?.id ?? '' }),
      holdMs: hours(24),
      on: { held: { to: 'ask', set: (hold) => ({ hold }) }, none_left: 'full' },
    },
    ask: {
      kind: 'ask',
      slot: 'way',
      prompt: askHowToPay,
      timeout: { afterMs: minutes(30), to: 'release' },
      next: 'chosen',
    },
    chosen: {
      kind: 'branch',
      when: [
        { is: ({ state }) => state.way === 'all', to: 'fresh' },
        { is: ({ state }) => state.way === 'loan', to: 'fresh' },
      ],
      otherwise: 'release',
    },
    // What is paid, or lent, is what the school asks now.
    fresh: {
      kind: 'read',
      from: 'courses',
      by: 'key',
      key: (context) => courseOf(context).id,
      on: {
        found: {
          to: 'judge',
          set: ([course], context) => {
            const now = repriced(courseOf(context), course)
            return { ...now, ...(now.before === undefined ? {} : { way: undefined, full: undefined }) }
          },
        },
        none: 'closed',
      },
    },
    judge: {
      kind: 'branch',
      when: [
        { is: ({ state }) => state.closed === true, to: 'closed' },
        { is: ({ state }) => state.before !== undefined, to: 'sayMoved' },
        { is: ({ state }) => state.way === 'loan' && state.full !== 'yes', to: 'finance' },
      ],
      otherwise: 'pay',
    },
    sayMoved: {
      kind: 'say',
      message: (context) => {
        const { t, state } = context
        const item = courseOf(context)
        return textMessage(
          t('amountMoved', { before: money(state.before ?? item.amount, item.currency), amount: priceOf(item) }),
        )
      },
      next: 'ask',
    },
    closed: {
      kind: 'release',
      hold: ({ state }) => state.hold ?? noHold,
      next: 'sayClosed',
    },
    sayClosed: {
      kind: 'say',
      message: (context) => textMessage(context.t('courseClosed', { name: courseOf(context).name })),
      next: 'end',
    },
    pay: {
      kind: 'call',
      need: 'pay',
      operation: 'pay',
      input: orderOf,
      on: {
        succeeded: { to: 'take', set: ({ receipt }) => ({ receipt, by: 'payment' as const }) },
        declined: { to: 'ask', set: () => ({ way: undefined, full: undefined, refused: true }) },
        cancelled: 'release',
        expired: 'release',
        unknown: { to: 'checking', set: () => ({ by: 'payment' as const }) },
      },
    },
    finance: {
      kind: 'call',
      need: 'loan',
      operation: 'finance',
      input: (context) => ({ ...orderOf(context), product: courseOf(context).loan ?? '' }),
      on: {
        succeeded: { to: 'take', set: ({ receipt }) => ({ receipt, by: 'loan' as const }) },
        pending: { to: 'soon', set: ({ receipt }) => ({ receipt, by: 'loan' as const }) },
        declined: { to: 'ask', set: () => ({ way: undefined, noLoan: true, refused: undefined }) },
        cancelled: { to: 'ask', set: () => ({ way: undefined, noLoan: true, refused: undefined }) },
        expired: { to: 'ask', set: () => ({ way: undefined, noLoan: true, refused: undefined }) },
        unknown: { to: 'checking', set: () => ({ by: 'loan' as const }) },
        unavailable: 'loansNotHere',
      },
    },
    loansNotHere: {
      kind: 'ask',
      slot: 'full',
      prompt: ({ t }) =>
        textMessage(t('noLoanHere'), [reply(t('payAll'), 'yes' as const), reply(t('noCourse'), 'no' as const)]),
      timeout: { afterMs: minutes(30), to: 'release' },
      next: 'fullChosen',
    },
    fullChosen: {
      kind: 'branch',
      when: [{ is: ({ state }) => state.full === 'yes', to: 'fresh' }],
      otherwise: 'release',
    },
    soon: {
      kind: 'say',
      message: (context) => textMessage(context.t('soon', { name: courseOf(context).name })),
      next: 'settleLoan',
    },
    checking: { kind: 'say', message: ({ t }) => textMessage(t('checking')), next: 'whichWait' },
    whichWait: {
      kind: 'branch',
      when: [{ is: ({ state }) => state.by === 'loan', to: 'settleLoan' }],
      otherwise: 'settlePay',
    },
    ...settling,
    ...delivering,
    ...givingBack,
    release: { kind: 'release', hold: ({ state }) => state.hold ?? noHold, next: 'notPaid' },
    notPaid: { kind: 'say', message: ({ t }) => textMessage(t('notPaid')), next: 'end' },
    full: { kind: 'say', message: ({ t }) => textMessage(t('full')), next: 'end' },
    noCourses: { kind: 'say', message: ({ t }) => textMessage(t('noCourses')), next: 'end' },
    end: { kind: 'end' },
  },
})
