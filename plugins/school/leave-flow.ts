import {
  addMs,
  cardMessage,
  days,
  defineFlow,
  hours,
  minutes,
  money,
  reply,
  shorten,
  textMessage,
  z,
  type ContextOf,
} from '@inthread/sdk'
import { contract } from './contract.ts'

const own = z.strictObject({
  id: z.string(),
  name: z.string(),
  amount: z.string(),
  currency: z.string(),
  refund: z.string(),
  receipt: z.string(),
  by: z.enum(['payment', 'loan']),
  at: z.int().optional(),
})
const slots = z
  .strictObject({ courses: z.array(own), course: own, answer: z.enum(['leave', 'stay']), result: z.string() })
  .partial()
type Own = z.infer<typeof own>
type Context = ContextOf<typeof contract, z.infer<typeof slots>>

/** The first month: who leaves later talks to the school. */
const leaveWithinDays = 31
const shownAtMost = 8

const isInTime = ({ state: { course }, now }: Context): boolean =>
  course?.at !== undefined && now <= addMs(course.at, days(leaveWithinDays))

const backOf = ({ state: { course } }: Context) => money(course?.refund ?? '0.00', course?.currency ?? 'CNY')
const refund = (context: Context) => ({
  receipt: context.state.course?.receipt ?? '',
  amount: backOf(context),
  reason: 'the pupil leaves',
})

/** Leaving a course. What a loan paid goes back to the bank and lowers it: never cash to the family. */
export const leaveFlow = defineFlow(contract, {
  id: 'leave',
  revision: 2,
  input: z.strictObject({}),
  state: slots,
  start: 'find',
  steps: {
    find: {
      kind: 'read',
      from: 'paid',
      by: 'mine',
      limit: 20,
      on: {
        found: {
          to: 'hasCourse',
          set: (rows) => {
            const taken = rows.filter(({ kind, state }) => kind === 'course' && state === 'paid')
            const courses = taken
              .slice(0, shownAtMost)
              .map(({ id, name, amount, currency, refund: back, receipt, by, at }) => {
                return { id, name, amount, currency, refund: back, receipt, by, at }
              })
            return { courses, ...(courses.length === 1 ? { course: courses[0] } : {}) }
          },
        },
        none: 'nothingToLeave',
      },
    },
    hasCourse: {
      kind: 'branch',
      when: [{ is: ({ state: { courses = [] } }) => courses.length === 0, to: 'nothingToLeave' }],
      otherwise: 'which',
    },
    // A single one is not asked for.
    which: {
      kind: 'ask',
      slot: 'course',
      prompt: ({ t, state: { courses = [] } }) =>
        textMessage<Own>(
          t('whichCourse'),
          courses.map((course) => reply<Own>(t('leaveCourse', { name: shorten(course.name, 18) }), course)),
        ),
      read: (words, { state: { courses = [] } }) => courses.find(({ name }) => name === words.trim()),
      timeout: { afterMs: minutes(15), to: 'end' },
      giveUp: 'stayed',
      next: 'inTime',
    },
    inTime: { kind: 'branch', when: [{ is: isInTime, to: 'ask' }], otherwise: 'leaveAtSchool' },
    leaveAtSchool: {
      kind: 'say',
      message: ({ t, state: { course } }) =>
        textMessage(t('leaveAtSchool', { name: course?.name ?? '', days: leaveWithinDays })),
      next: 'end',
    },
    ask: {
      kind: 'ask',
      slot: 'answer',
      prompt: (context) => {
        const { t, state } = context
        return cardMessage({
          title: t('leaveCard', { name: state.course?.name ?? '', amount: backOf(context) }),
          description: t(state.course?.by === 'loan' ? 'leaveByLoan' : 'leaveByPayment'),
          suggestions: [reply(t('yesLeave'), 'leave' as const), reply(t('stay'), 'stay' as const)],
        })
      },
      timeout: { afterMs: minutes(15), to: 'stayed' },
      next: 'answered',
    },
    answered: {
      kind: 'branch',
      when: [
        { is: ({ state }) => state.answer !== 'leave', to: 'stayed' },
        { is: ({ state }) => state.course?.by === 'loan', to: 'giveBackLoan' },
      ],
      otherwise: 'giveBackPaid',
    },
    giveBackLoan: {
      kind: 'call',
      need: 'loan',
      operation: 'refund',
      input: refund,
      on: { succeeded: 'note', declined: 'refused', unknown: 'checked', unavailable: 'refused' },
    },
    giveBackPaid: {
      kind: 'call',
      need: 'pay',
      operation: 'refund',
      input: refund,
      on: { succeeded: 'note', declined: 'refused', unknown: 'checked' },
    },
    checked: { kind: 'say', message: ({ t }) => textMessage(t('refundChecked')), next: 'whichWait' },
    whichWait: {
      kind: 'branch',
      when: [{ is: ({ state }) => state.course?.by === 'loan', to: 'waitLoan' }],
      otherwise: 'waitPaid',
    },
    waitLoan: {
      kind: 'wait',
      need: 'loan',
      event: 'settled',
      limitMs: hours(72),
      on: { happened: { to: 'ended', set: ({ result }) => ({ result }) }, limit: 'notBackYet' },
    },
    waitPaid: {
      kind: 'wait',
      need: 'pay',
      event: 'settled',
      limitMs: hours(72),
      on: { happened: { to: 'ended', set: ({ result }) => ({ result }) }, limit: 'notBackYet' },
    },
    ended: {
      kind: 'branch',
      when: [{ is: ({ state }) => state.result === 'succeeded', to: 'note' }],
      otherwise: 'refused',
    },
    note: {
      kind: 'write',
      to: 'paid',
      put: ({ state: { course } }) => ({
        ...(course ?? { id: '', name: '', amount: '', currency: '', refund: '', receipt: '', by: 'payment' as const }),
        kind: 'course' as const,
        state: 'left' as const,
      }),
      next: 'left',
    },
    left: {
      kind: 'say',
      message: (context) => {
        const { t, state } = context
        const facts = { name: state.course?.name ?? '', amount: backOf(context) }
        return textMessage(state.course?.by === 'loan' ? t('lowered', facts) : t('returned', facts))
      },
      next: 'end',
    },
    notBackYet: {
      kind: 'say',
      message: (context) => textMessage(context.t('notBackYet', { amount: backOf(context) })),
      next: 'end',
    },
    refused: { kind: 'say', message: ({ t }) => textMessage(t('refundRefused')), next: 'end' },
    stayed: { kind: 'say', message: ({ t }) => textMessage(t('stayed')), next: 'end' },
    nothingToLeave: { kind: 'say', message: ({ t }) => textMessage(t('nothingToLeave')), next: 'end' },
    end: { kind: 'end' },
  },
})
