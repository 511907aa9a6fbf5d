import { Type } from 'typebox'
import type { Bank } from '../app/bank.ts'
import { renderInstant } from '../app/business-clock.ts'
import { listEntries } from '../accounts/entries.store.ts'
import { nameEntry } from '../accounts/name-entry.ts'
import { getLinked, type CustomerLink } from '../customers/get-linked.ts'
import { listDeedsOfCustomer } from '../deeds/deeds.store.ts'
import { currency, type Account } from '../ledger/accounts.store.ts'
import { defineReading, type Route } from '../routes/define-route.ts'
import { bilingual, idParams, instant, money, renderMoney } from '../routes/fields.ts'
import { Problem } from '../transport/problem.ts'
import { findWalletAccount } from './wallets.store.ts'

const link = Type.Object({ link: Type.String({ minLength: 1, maxLength: 64 }) })
const historyLength = 50

const entrySchema = Type.Object({
  id: Type.String(),
  direction: Type.Enum(['in', 'out']),
  amount: money,
  text: bilingual,
  at: instant,
})

export function buildWalletEntries(bank: Bank): Route {
  return defineReading({
    method: 'GET',
    url: '/v1/wallets/:id/entries',
    id: 'listWalletEntries',
    summary: 'What changed the balance of the wallet, newest first.',
    params: idParams,
    query: link,
    answers: { 200: Type.Object({ items: Type.Array(entrySchema) }) },
    problems: ['malformed', 'not_found', 'state_conflict'],
    run: ({ client, params, query }) => {
      const account = getWallet(bank, getLinked(bank, client.id, query.link), params.id)
      const page = { beforeSeq: Number.MAX_SAFE_INTEGER, limit: historyLength }
      const items = listEntries(bank.db, account.id, page).map((entry) => ({
        id: entry.id,
        direction: entry.changeMinor < 0n ? 'out' : 'in',
        amount: renderMoney(entry.changeMinor < 0n ? -entry.changeMinor : entry.changeMinor, currency),
        text: nameEntry(bank, client.id, entry),
        at: renderInstant(entry.at),
      }))
      return { status: 200, body: { items } }
    },
  })
}

function getWallet(bank: Bank, { customerId }: CustomerLink, id: string): Account {
  const account = findWalletAccount(bank, customerId)
  const wallet = listDeedsOfCustomer(bank, { customerId, kind: 'wallet', sinceMs: -1 }).find((each) => each.id === id)
  if (account && wallet) return account
  throw new Problem('not_found', 'This customer has no wallet with this id.')
}
