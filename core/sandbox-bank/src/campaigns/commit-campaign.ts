import { createHash } from 'node:crypto'
import type { Bank } from '../app/bank.ts'
import type { Client } from '../clients/clients.store.ts'
import { commitDeed } from '../deeds/change-deed.ts'
import { holdMoney, postMoney } from '../deeds/deed-money.ts'
import type { Deed } from '../deeds/deeds.store.ts'
import { assertNewRef } from '../deeds/submit-deed.ts'
import { commitAccount, getAccount } from '../ledger/accounts.store.ts'
import type { Text } from '../quotes/terms.ts'
import { Problem } from '../transport/problem.ts'
import { campaignKind, type CampaignFacts } from './campaign-kind.ts'
import { splitEqually, splitRandomly } from './shares.ts'

const lifeMs = 24 * 3_600_000
const longestMs = 31 * 24 * 3_600_000

export interface CampaignRequest {
  readonly clientRef: string
  readonly name: Text
  readonly total: { readonly value: string; readonly currency: string }
  readonly count: number
  readonly split: 'equal' | 'random' | 'fixed'
  readonly startsAt?: string
  readonly endsAt?: string
}

/** Takes the money of the sponsor and draws the shares, in the running transaction. */
export function commitCampaign(bank: Bank, client: Client, request: CampaignRequest): Deed {
  const { clientRef, name, split } = request
  assertNewRef(bank, campaignKind, { clientId: client.id, clientRef })
  const id = bank.vault.idOf(campaignKind.prefix, client.id, clientRef)
  const totalMinor = readTotal(request)
  const { startsAt, endsAt } = readWindow(bank, request)
  const shares = drawShares(request, { totalMinor, seed: bank.vault.idOf('shr', id) })
  const escrow = bank.vault.idOf('acc', 'promo', id)
  commitAccount(bank.db, { id: escrow, kind: 'promo', clientId: client.id })
  const account = getAccount(bank.db, client.accountId)
  const refusal = holdMoney(bank, { id, clientRef, account, dr: escrow, amountMinor: totalMinor })
  if (refusal) throw new Problem(refusal, 'The merchant has too little money here: nothing was taken.')
  postMoney(bank, id)
  const facts: CampaignFacts = { name, split, shares: shares.map(String), startsAt, endsAt, escrow }
  const names = { id, clientId: client.id, clientRef, amountMinor: totalMinor }
  return commitDeed(bank, campaignKind, {
    ...{ ...names, state: 'funded', facts, dueAt: startsAt, createdAt: bank.clock.now() },
  })
}

function readTotal({ total, count, split }: CampaignRequest): bigint {
  if (total.currency !== 'CNY') throw new Problem('bad_currency', 'This bank pays in CNY only.')
  const totalMinor = BigInt(total.value)
  if (totalMinor < BigInt(count)) throw new Problem('below_min', 'A share is one minor unit at least.')
  if (split !== 'fixed' || totalMinor % BigInt(count) === 0n) return totalMinor
  throw new Problem('bad_amount', 'A total that is split into fixed shares is a multiple of their number.')
}

function readWindow(bank: Bank, { startsAt, endsAt }: CampaignRequest): { startsAt: number; endsAt: number } {
  const now = bank.clock.now()
  const start = startsAt === undefined ? now : Date.parse(startsAt)
  const end = endsAt === undefined ? start + lifeMs : Date.parse(endsAt)
  if (start < end && end > now && end - now <= longestMs) return { startsAt: start, endsAt: end }
  const detail = 'A campaign ends after it starts, within 31 days.'
  throw new Problem('malformed', { detail, errors: [{ in: 'body', pointer: '/endsAt', code: 'range', detail }] })
}

/** The draws come from the bank's key: nobody can foresee them, and the same story draws the same. */
function drawShares(
  { count, split }: CampaignRequest,
  { totalMinor, seed }: { totalMinor: bigint; seed: string },
): bigint[] {
  if (split !== 'random') return splitEqually(totalMinor, count)
  const draws = Array.from({ length: count - 1 }, (_, index) => {
    const digest = createHash('sha256').update(`${seed} ${index}`).digest()
    return { of: BigInt(digest.readUInt32BE(0)), in: 2n ** 32n }
  })
  return splitRandomly(totalMinor, count, draws)
}
