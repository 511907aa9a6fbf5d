import { Type } from 'typebox'
import type { Bank } from '../app/bank.ts'
import { renderInstant } from '../app/business-clock.ts'
import { getClient } from '../clients/clients.store.ts'
import { buildStateProblem } from '../deeds/deed-routes.ts'
import { moveMoney } from '../deeds/deed-money.ts'
import { defineAction, defineDeed, type DeedChange } from '../deeds/deed-kind.ts'
import type { Deed } from '../deeds/deeds.store.ts'
import { getAccount } from '../ledger/accounts.store.ts'
import type { Text } from '../quotes/terms.ts'
import { bilingual } from '../routes/fields.ts'
import { countOpenClaims, listTakenShares } from './claims.store.ts'

export interface CampaignFacts {
  readonly name: Text
  /** Drawn before anybody taps; digits. */
  readonly shares: readonly string[]
  readonly split: 'equal' | 'random' | 'fixed'
  readonly startsAt: number
  readonly endsAt: number
  /** Where the money waits. */
  readonly escrow: string
}

const nothing = Type.Object({})
const patienceMs = 60_000

/** Red envelopes: money of a sponsor waits in escrow until it is claimed, and the rest goes back. */
export const campaignKind = defineDeed<CampaignFacts>({
  thing: 'campaign',
  prefix: 'cmp',
  url: '/v1/campaigns',
  name: 'Campaign',
  states: ['funded', 'live', 'paused', 'ended', 'settled'],
  outcomes: { funded: 'done', live: 'done', paused: 'done', ended: 'done', settled: 'done' },
  view: Type.Object({
    name: bilingual,
    split: Type.Enum(['equal', 'random', 'fixed']),
    count: Type.Integer(),
    left: Type.Integer({ description: 'Shares that are nobody’s yet.' }),
    startsAt: Type.String({ format: 'date-time' }),
    endsAt: Type.String({ format: 'date-time' }),
  }),
  render: (bank, { id, facts }) => ({
    ...{ name: facts.name, split: facts.split, count: facts.shares.length },
    left: facts.shares.length - listTakenShares(bank, id).length,
    startsAt: renderInstant(facts.startsAt),
    endsAt: renderInstant(facts.endsAt),
  }),
  step: (bank, deed) => {
    if (deed.state === 'funded') return { state: 'live', dueAt: deed.facts.endsAt }
    if (deed.state !== 'ended') return end(bank)
    return countOpenClaims(bank, deed.id) > 0 ? { dueAt: bank.clock.now() + patienceMs } : settle(bank, deed)
  },
  actions: {
    pause: defineAction({
      summary: 'Nothing can be claimed until it goes on.',
      body: nothing,
      problems: ['state_conflict'],
      run: (_bank, deed) => ({ ...assertState(deed, ['live']), state: 'paused' }),
    }),
    resume: defineAction({
      summary: 'Goes on after a pause.',
      body: nothing,
      problems: ['state_conflict'],
      run: (_bank, deed) => ({ ...assertState(deed, ['paused']), state: 'live' }),
    }),
    end: defineAction({
      summary: 'Ends it before its time; what is left goes back to the sponsor.',
      body: nothing,
      problems: ['state_conflict'],
      run: (bank, deed) => {
        assertState(deed, ['live', 'paused'])
        return end(bank)
      },
    }),
  },
})

/** It still ends when it should. */
function assertState(deed: Deed<CampaignFacts>, states: readonly string[]): { dueAt: number } {
  if (!states.includes(deed.state)) throw buildStateProblem('campaign', deed)
  return { dueAt: deed.facts.endsAt }
}

function end(bank: Bank): DeedChange<CampaignFacts> {
  return { state: 'ended', dueAt: bank.clock.now() }
}

function settle(bank: Bank, { id, clientId, clientRef, facts }: Deed<CampaignFacts>): DeedChange<CampaignFacts> {
  const amountMinor = getAccount(bank.db, facts.escrow).balanceMinor
  const names = { id, part: 'rest', ...(clientRef === undefined ? {} : { clientRef }) }
  moveMoney(bank, { ...names, dr: getClient(bank.db, clientId).accountId, cr: facts.escrow, amountMinor })
  return { state: 'settled' }
}
