import { defineFlow, minutes, reply, textMessage, type Content } from '@inthread/sdk'
import { contract } from '../contract.ts'
import { balanceCard, entriesCard } from './account-messages.ts'
import { inputSchema, stateSchema, type AccountContext, type AccountState, type AccountStep } from './slots.ts'
import type { LookNames, ShowNames } from './slots.ts'

const patience = { timeout: { afterMs: minutes(10), to: 'sayBye' }, giveUp: 'sayBye' } as const
const entriesPerPage = 6

const notShown = { limited: 'sayLimited', unknown: 'sayUnreachable' } as const

const list = (on: { readonly proof_needed: 'verify' | 'sayNotVerified' }): AccountStep => ({
  kind: 'call',
  need: 'account',
  operation: 'list',
  input: () => ({}),
  on: {
    // With one account there is nothing to choose.
    listed: {
      to: 'whichOne',
      set: ({ items }) => ({ accounts: items.slice(0, 8), account: items.length === 1 ? items[0] : undefined }),
    },
    declined: { to: 'isLinked', set: ({ reason }) => ({ unlinked: reason === 'not_linked' }) },
    ...notShown,
    ...on,
  },
})

const lookSteps: Readonly<Record<LookNames, AccountStep>> = {
  list: list({ proof_needed: 'verify' }),
  // Asked once: what the bank refuses after that, it refuses.
  listProved: list({ proof_needed: 'sayNotVerified' }),
  isLinked: {
    kind: 'branch',
    when: [{ is: ({ state: { unlinked } }) => unlinked === true, to: 'sayNotLinked' }],
    otherwise: 'sayCannotLook',
  },
  verify: {
    kind: 'call',
    need: 'account',
    operation: 'verify',
    input: () => ({}),
    on: {
      succeeded: 'listProved',
      // The bank has said why.
      declined: { to: 'askRetry', set: () => ({ retry: undefined }) },
      cancelled: 'sayNotVerified',
      expired: 'sayNotVerified',
      unknown: 'sayUnreachable',
    },
  },
  askRetry: {
    kind: 'ask',
    slot: 'retry',
    prompt: ({ t }) => textMessage(t('nothingShown'), [reply(t('tryAgain'), 'again'), reply(t('stop'), 'leave')]),
    ...patience,
    next: 'wantsRetry',
  },
  wantsRetry: {
    kind: 'branch',
    when: [{ is: ({ state: { retry } }) => retry === 'again', to: 'verify' }],
    otherwise: 'sayDone',
  },
  whichOne: {
    kind: 'branch',
    when: [{ is: ({ state: { accounts = [] } }) => accounts.length === 0, to: 'sayNotPossible' }],
    otherwise: 'askAccount',
  },
  askAccount: {
    kind: 'ask',
    slot: 'account',
    prompt: ({ t, state: { accounts = [] } }) =>
      textMessage(
        t('whichAccount'),
        accounts.map((account) => reply(t('accountLabel', { label: account.label, mask: account.mask }), account)),
      ),
    ...patience,
    next: 'wanted',
  },
  wanted: {
    kind: 'branch',
    when: [{ is: ({ input }) => input.wants === 'entries', to: 'entries' }],
    otherwise: 'balance',
  },
}

const say = (text: (context: AccountContext) => Content): AccountStep => ({ kind: 'say', message: text, next: 'end' })

const showSteps: Readonly<Record<ShowNames, AccountStep>> = {
  balance: {
    kind: 'call',
    need: 'account',
    operation: 'balance',
    input: ({ state }) => ({ account: state.account?.id ?? '' }),
    on: {
      answered: {
        to: 'showBalance',
        set: ({ available, held, owed, month, asOf }, { now }) => ({
          next: undefined,
          balance: { available, held, ...month, asOf, seenAt: now, ...(owed ? { owed } : {}) },
        }),
      },
      proof_needed: 'sayProofOver',
      declined: 'sayCannotLook',
      ...notShown,
    },
  },
  showBalance: { kind: 'ask', slot: 'next', prompt: balanceCard, ...patience, next: { to: 'next', set: startAnew } },
  entries: {
    kind: 'call',
    need: 'account',
    operation: 'entries',
    input: ({ state: { account, after } }) => ({
      ...{ account: account?.id ?? '', limit: entriesPerPage },
      ...(after === undefined ? {} : { after }),
    }),
    on: {
      listed: {
        to: 'noEntries',
        set: ({ items, links }) => ({ entries: items, after: readAfter(links.next), next: undefined }),
      },
      proof_needed: 'sayProofOver',
      declined: 'sayCannotLook',
      ...notShown,
    },
  },
  noEntries: {
    kind: 'branch',
    when: [{ is: ({ state: { entries = [] } }) => entries.length === 0, to: 'sayNoEntries' }],
    otherwise: 'showEntries',
  },
  showEntries: { kind: 'ask', slot: 'next', prompt: entriesCard, ...patience, next: { to: 'next', set: startAnew } },
  next: {
    kind: 'branch',
    when: [
      { is: ({ state }) => state.next === 'entries' || state.next === 'more', to: 'entries' },
      { is: ({ state }) => state.next === 'balance', to: 'balance' },
      { is: ({ state }) => state.next === 'other', to: 'list' },
    ],
    otherwise: 'sayBye',
  },
  sayNoEntries: say(({ t }) => textMessage(t('noEntries'))),
  sayLimited: say(({ t }) => textMessage(t('viewLimited'))),
  sayProofOver: say(({ t }) => textMessage(t('proofOver'))),
  sayNotVerified: say(({ t }) => textMessage(t('notVerified'))),
  sayUnreachable: say(({ t }) => textMessage(t('unreachable'))),
  sayNotPossible: say(({ t }) => textMessage(t('notPossible'))),
  sayCannotLook: say(({ t }) => textMessage(t('cannotLook'))),
  sayDone: say(({ t }) => textMessage(t('allDone'))),
  sayNotLinked: say(({ t }) => textMessage(t('notLinked'))),
  sayBye: say(({ t, state }) => textMessage(t(state.balance || state.entries ? 'bye' : 'quiet'))),
  end: { kind: 'end' },
}

/** Another account begins with its own first page. */
function startAnew(next: NonNullable<AccountState['next']>): Partial<AccountState> {
  return next === 'other' ? { account: undefined, after: undefined, balance: undefined } : {}
}

/** `/v1/accounts/…?after=abc` → `abc`. */
function readAfter(next: string | undefined): string | undefined {
  return next === undefined ? undefined : /[?&]after=([^&]+)/.exec(next)?.[1]
}

/** Make sure that it is the user, then show: balance first, entries on demand, page by page. */
export const accountFlow = defineFlow(contract, {
  id: 'account',
  revision: 3,
  input: inputSchema,
  state: stateSchema,
  start: 'list',
  steps: { ...lookSteps, ...showSteps },
})
