import { Type } from 'typebox'
import type { Bank } from '../app/bank.ts'
import type { Client } from '../clients/clients.store.ts'
import { findLink, type Link } from '../customers/links.store.ts'
import { listMethodsOfLink } from '../customers/link-cards.store.ts'
import { commitDeed, commitDeedChange } from '../deeds/change-deed.ts'
import { buildStateProblem } from '../deeds/deed-routes.ts'
import { moveMoney } from '../deeds/deed-money.ts'
import { defineDeed } from '../deeds/deed-kind.ts'
import type { Deed } from '../deeds/deeds.store.ts'
import { assertNewRef } from '../deeds/submit-deed.ts'
import { getAccount } from '../ledger/accounts.store.ts'
import { Problem } from '../transport/problem.ts'
import type { CampaignFacts } from './campaign-kind.ts'
import { findClaimOf, listTakenShares } from './claims.store.ts'

/** A share is kept this long for somebody who is no customer yet. */
const reservedMs = 24 * 3_600_000

export interface ClaimFacts {
  readonly escrow: string
}

export const claimKind = defineDeed<ClaimFacts>({
  thing: 'claim',
  prefix: 'clm',
  url: '/v1/claims',
  name: 'Claim',
  states: ['reserved', 'paying', 'paid', 'released', 'empty'],
  outcomes: { paid: 'done', released: 'none', empty: 'none' },
  view: Type.Object({ campaign: Type.String() }),
  render: (_bank, { parentId }) => ({ campaign: parentId }),
  step: (bank, deed) => {
    if (deed.state === 'reserved') return { state: 'released', failureCode: 'no_account' }
    const { id, clientRef, accountId: dr = '', amountMinor = 0n, facts } = deed
    if (getAccount(bank.db, dr).state === 'frozen') return { state: 'released', failureCode: 'account_frozen' }
    const names = { id, part: 'paid', ...(clientRef === undefined ? {} : { clientRef }) }
    moveMoney(bank, { ...names, dr, cr: facts.escrow, amountMinor })
    return { state: 'paid' }
  },
})

interface Tap {
  readonly client: Client
  readonly campaign: Deed<CampaignFacts>
  readonly clientRef: string
  readonly link: string
}

interface Tapped {
  readonly deed: Deed
  /** False when this person has a claim already: it is that one. */
  readonly created: boolean
}

/** One for each person, whatever number or client they come by; in the running transaction. */
export function commitClaim(bank: Bank, { client, campaign, clientRef, link: linkId }: Tap): Tapped {
  const link = findLink(bank, client.id, linkId)
  if (!link) throw new Problem('not_found', 'There is no link with this id: make one with POST /v1/links.')
  const known = findClaimOf(bank, { campaignId: campaign.id, customerId: link.customerId, linkId: link.id })
  if (known) return { deed: commitNamed(bank, known, link), created: false }
  assertLive(campaign)
  assertNewRef(bank, claimKind, { clientId: client.id, clientRef })
  const share = findFreeShare(bank, campaign)
  const id = bank.vault.idOf(claimKind.prefix, client.id, clientRef)
  const now = bank.clock.now()
  const names = { id, clientId: client.id, clientRef, linkId: link.id, parentId: campaign.id, createdAt: now }
  const facts: ClaimFacts = { escrow: campaign.facts.escrow }
  if (share === undefined) {
    return { deed: commitDeed(bank, claimKind, { ...names, state: 'empty', facts }), created: true }
  }
  const begun = { ...names, facts, amountMinor: share, ...begin(bank, link, now) }
  return { deed: commitDeed(bank, claimKind, begun), created: true }
}

function assertLive(campaign: Deed<CampaignFacts>): void {
  if (campaign.state === 'live') return
  if (campaign.state !== 'ended' && campaign.state !== 'settled') throw buildStateProblem('campaign', campaign)
  throw new Problem('expired', 'The campaign is over.')
}

type Begun = Pick<Deed, 'state' | 'customerId' | 'accountId' | 'dueAt'>

/** Paid to where the person pays from; kept for them while the bank knows no such person. */
function begin(bank: Bank, link: Link, now: number): Begun {
  const account = listMethodsOfLink(bank.db, link).find(({ kind }) => kind === 'customer')
  if (link.customerId === undefined || !account) return { state: 'reserved', dueAt: now + reservedMs }
  const { customerId } = link
  return { state: 'paying', customerId, accountId: account.id, dueAt: now + bank.terms.settleDelayMs }
}

/** Somebody who has become a customer since then is paid now. */
function commitNamed(bank: Bank, deed: Deed, link: Link): Deed {
  const begun = begin(bank, link, bank.clock.now())
  if (deed.state !== 'reserved' || begun.state === 'reserved') return deed
  return commitDeedChange(bank, claimKind, { deed: { ...deed, ...begun }, change: begun })
}

/** A share that was kept for a number, with the person whom the link of that number names today. */
export function commitKeptClaim(bank: Bank, client: Client, deed: Deed): Deed {
  const link =
    deed.state === 'reserved' && deed.linkId !== undefined ? findLink(bank, client.id, deed.linkId) : undefined
  return link ? commitNamed(bank, deed, link) : deed
}

/** The first that is nobody's, in the order in which they were drawn. */
function findFreeShare(bank: Bank, { id, facts }: Deed<CampaignFacts>): bigint | undefined {
  const taken = listTakenShares(bank, id).map(String)
  return facts.shares.map(BigInt).find((share) => {
    const index = taken.indexOf(share.toString())
    if (index >= 0) taken.splice(index, 1)
    return index < 0
  })
}
