import { minutes, reply, textMessage } from '@inthread/sdk'
import { categories, type BillContext, type BillState, type BillStep, type FindNames } from './slots.ts'
import { writePeriod } from './write-period.ts'

export const patience = { timeout: { afterMs: minutes(15), to: 'sayQuiet' }, giveUp: 'sayQuiet' } as const

/** Why the bank did not look: it does not know the user's number, or it cannot now. */
export const whyNot = {
  to: 'whyNot',
  set: ({ reason }: { readonly reason: string }) => ({ linked: reason !== 'not_linked' }),
} as const

const metersShown = 8
const billsShown = 8
/** What account numbers look like when the biller does not say. */
const anyNumber = /^\d{4,20}$/

/** What to pay, to whom, for which account; then the biller says what is owed. */
export const findSteps: Readonly<Record<FindNames, BillStep>> = {
  askCategory: {
    kind: 'ask',
    slot: 'category',
    prompt: ({ t }) =>
      textMessage(
        t('whichBill'),
        categories.map((category) => reply(t(category), category)),
      ),
    ...patience,
    next: 'billers',
  },
  billers: {
    kind: 'call',
    need: 'bills',
    operation: 'billers',
    input: () => ({}),
    on: {
      listed: {
        to: 'kind',
        set: ({ items }, { state }) => ({ biller: items.find(({ category }) => category === state.category) }),
      },
      declined: whyNot,
      unknown: 'sayUnreachable',
    },
  },
  kind: {
    kind: 'branch',
    when: [
      { is: ({ state }) => state.biller === undefined, to: 'sayNotPossible' },
      { is: ({ state }) => state.biller?.amountRule === 'open', to: 'askNumber' },
    ],
    otherwise: 'readMeters',
  },
  readMeters: {
    kind: 'read',
    from: 'meters',
    by: 'mine',
    limit: 50,
    on: {
      found: {
        to: 'askMeter',
        set: (meters, { state }) => ({ meters: meters.filter(({ biller }) => biller === state.biller?.id) }),
      },
      none: 'askMeter',
    },
  },
  askMeter: {
    kind: 'ask',
    slot: 'meter',
    prompt: (context) => {
      const { t, state } = context
      const known = (state.meters ?? []).slice(0, metersShown)
      const ask = t(known.length > 0 ? 'whichMeter' : 'typeMeter', { biller: nameOf(context) })
      return textMessage(
        ask,
        known.map(({ account }) => reply(t('meterLabel', { tail: account.slice(-4) }), account)),
      )
    },
    read: (words, { state }) => {
      const typed = words.normalize('NFKC').replace(/[\s-]/gu, '')
      return anyNumber.test(typed) && fitsBiller(state, typed) ? typed : undefined
    },
    ...patience,
    next: 'query',
  },
  query: {
    kind: 'call',
    need: 'bills',
    operation: 'query',
    input: ({ state: { biller, meter = '' } }) => ({ biller: biller?.id ?? '', account: meter }),
    on: {
      found: {
        to: 'howMany',
        set: ({ bills }) => ({
          ...{ bills: bills.slice(0, billsShown), bill: bills.length === 1 ? bills[0] : undefined },
          ...{ answer: undefined, again: undefined },
        }),
      },
      none: 'sayNoBill',
      not_an_account: { to: 'sayNotAMeter', set: () => ({ meter: undefined }) },
      declined: whyNot,
      unknown: 'sayUnreachable',
    },
  },
  howMany: {
    kind: 'branch',
    when: [{ is: ({ state: { bills = [] } }) => bills.length > 1, to: 'askWhichBill' }],
    otherwise: 'wasPaid',
  },
  askWhichBill: {
    kind: 'ask',
    slot: 'bill',
    prompt: (context) => {
      const { t, locale, state } = context
      const { bills = [] } = state
      return textMessage(
        t('whichOfBills', { biller: nameOf(context), many: bills.length }),
        bills.map((bill) =>
          reply(t('billLabel', { period: writePeriod(bill.period, locale), amount: bill.amount }), bill),
        ),
      )
    },
    ...patience,
    next: 'wasPaid',
  },
  whyNot: {
    kind: 'branch',
    when: [{ is: ({ state }) => state.linked === false, to: 'sayNotLinked' }],
    otherwise: 'sayCannotLook',
  },
  sayNotAMeter: { kind: 'say', message: ({ t }) => textMessage(t('notAMeter')), next: 'askMeter' },
  sayNoBill: {
    kind: 'say',
    message: (context) =>
      textMessage(context.t('noBill', { biller: nameOf(context), tail: (context.state.meter ?? '').slice(-4) })),
    next: 'end',
  },
}

export function nameOf({ state }: BillContext): string {
  return state.biller?.name ?? state.quote?.carrier ?? ''
}

/** Only a pattern that says how many digits there are is tried here: the bank judges every number in any case. */
function fitsBiller({ biller }: BillState, typed: string): boolean {
  const [, least, most] = /^\^\[0-9\]\{(\d+),(\d+)\}\$$/.exec(biller?.accountPattern ?? '') ?? []
  return least === undefined || most === undefined || (typed.length >= Number(least) && typed.length <= Number(most))
}
