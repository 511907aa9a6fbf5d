import { minutes, textMessage } from '@inthread/sdk'
import type { SavedAccount } from '../catalogue.ts'
import { accountQuestion, nothingOwedNote, numberQuestion, serviceQuestion, whichBill } from './messages.ts'
import { findService, type FindStep, type PayContext, type PayState, type PayStep } from './slots.ts'

const patience = { timeout: { afterMs: minutes(15), to: 'sayLater' }, giveUp: 'sayLater' } as const

/** From the wish to a bill. */
export const findSteps: Readonly<Record<FindStep, PayStep>> = {
  readServices: {
    kind: 'read',
    from: 'services',
    by: 'all',
    where: () => ({}),
    limit: 11,
    on: { found: { to: 'offers', set: (services) => ({ services: [...services] }) }, none: 'sayNotOffered' },
  },
  offers: {
    kind: 'branch',
    when: [{ is: ({ state }) => state.biller !== undefined && !findService(state), to: 'sayNotOffered' }],
    otherwise: 'askService',
  },
  askService: {
    kind: 'ask',
    slot: 'biller',
    prompt: serviceQuestion,
    read: readService,
    ...patience,
    next: 'readSaved',
  },
  sayNotOffered: { kind: 'say', message: ({ t }) => textMessage(t('notOffered')), next: 'end' },
  readSaved: {
    kind: 'read',
    from: 'accounts',
    by: 'mine',
    limit: 30,
    on: { found: { to: 'known', set: (all, { state }) => ({ saved: savedFor(all, state) }) }, none: 'askNumber' },
  },
  known: {
    kind: 'branch',
    when: [{ is: ({ state }) => state.saved?.length === 0, to: 'askNumber' }],
    otherwise: 'askAccount',
  },
  askAccount: {
    kind: 'ask',
    slot: 'number',
    prompt: accountQuestion,
    read: readNumber,
    ...patience,
    next: { to: 'askNumber', set: (number) => ({ number: number === '' ? undefined : number }) },
  },
  askNumber: { kind: 'ask', slot: 'number', prompt: numberQuestion, read: readNumber, ...patience, next: 'query' },
  query: {
    kind: 'call',
    need: 'bills',
    operation: 'query',
    input: ({ state }) => ({ biller: state.biller ?? '', account: state.number ?? '' }),
    on: {
      found: { to: 'several', set: ({ bills }) => ({ bills, ...(bills.length > 1 ? {} : { bill: bills[0] }) }) },
      none: 'sayNothingOwed',
      not_an_account: { to: 'askNumber', set: () => ({ number: undefined, strange: true }) },
      declined: 'sayNoAnswer',
      unknown: 'sayNoAnswer',
    },
  },
  several: {
    kind: 'branch',
    when: [{ is: ({ state: { bills = [] } }) => bills.length > 1, to: 'askBill' }],
    otherwise: 'judge',
  },
  askBill: { kind: 'ask', slot: 'bill', prompt: whichBill, ...patience, next: 'judge' },
  sayNothingOwed: { kind: 'say', message: nothingOwedNote, next: 'end' },
  sayNoAnswer: { kind: 'say', message: ({ t }) => textMessage(t('noAnswer')), next: 'end' },
  sayLater: { kind: 'say', message: ({ t }) => textMessage(t('later')), next: 'end' },
  end: { kind: 'end' },
}

function savedFor(all: readonly SavedAccount[], { biller }: PayState): SavedAccount[] {
  return all.filter((account) => account.biller === biller)
}

function readService(words: string, { state }: PayContext): string | undefined {
  const said = words.trim().toLowerCase()
  return state.services?.find(({ name, nameEn }) => [name, nameEn.toLowerCase()].includes(said))?.biller
}

/** Spaces and dashes stand on bills, and mean nothing. */
function readNumber(words: string): string | undefined {
  const digits = words.normalize('NFKC').replace(/[\s-]/gu, '')
  return /^[0-9]{4,20}$/.test(digits) ? digits : undefined
}
