import { Type } from 'typebox'
import type { Bank } from '../app/bank.ts'
import { startOfDay } from '../app/business-day.ts'
import { buildAccountMask } from '../clients/merchant.ts'
import { defineCommit } from '../deeds/deed-kind.ts'
import { walletLimits } from '../deeds/deed-money.ts'
import { listDeedsOfCustomer, type Deed } from '../deeds/deeds.store.ts'
import { buildStateProblem } from '../deeds/deed-routes.ts'
import { commitAccount, commitAccountState, currency, getAccount } from '../ledger/accounts.store.ts'
import { sumTakenMinor } from '../ledger/taken.store.ts'
import { money, renderMoney } from '../routes/fields.ts'
import { Problem } from '../transport/problem.ts'
import { findWalletAccount, walletAccountOf } from './wallets.store.ts'

export interface WalletFacts {
  readonly account: string
  readonly mask: string
}

const body = Type.Object({})

const limitsSchema = Type.Object({
  balance: Type.Object(money.properties, { description: 'It never holds more.' }),
  single: Type.Object(money.properties, { description: 'Of one payment.' }),
  day: Type.Object(money.properties, { description: 'Of all payments of a day.' }),
  dayLeft: money,
})

/** A digital wallet of class 4: opened by phone number alone, with small limits. */
export const walletKind = defineCommit<WalletFacts, typeof body>({
  thing: 'wallet',
  prefix: 'wlt',
  url: '/v1/wallets',
  name: 'Wallet',
  summary: 'Opens a wallet of class 4, one for each customer; it is one of the methods of the link from then on.',
  ops: ['wallet-opening'],
  states: ['open', 'frozen', 'failed'],
  outcomes: { open: 'done', frozen: 'done', failed: 'none' },
  body,
  problems: ['duplicate_business'],
  view: Type.Object({
    class: Type.Literal(4),
    method: Type.String({ description: 'Its id as a payer.' }),
    mask: Type.String(),
    balance: money,
    limits: limitsSchema,
  }),
  render: renderWallet,
  listOf: (bank, { id: linkId, clientId, customerId = '' }) =>
    listDeedsOfCustomer(bank, { customerId, kind: 'wallet', sinceMs: -1 })
      .filter(({ state }) => state !== 'failed')
      // Whichever client opened it; what a user agreed to there is not told here.
      .map(({ clientRef: _ref, confirmationId: _confirmation, ...wallet }) => ({ ...wallet, clientId, linkId })),
  begin: ({ bank, link }) => {
    const { customerId } = link
    if (findWalletAccount(bank, customerId)) {
      throw new Problem('duplicate_business', 'This customer has a wallet: read GET /v1/wallets?link=.')
    }
    const account = walletAccountOf(bank, customerId)
    const mask = buildAccountMask(account)
    commitAccount(bank.db, { id: account, kind: 'wallet', customerId, mask })
    return { state: 'open', facts: { account, mask } }
  },
  controls: {
    frozen: (bank, deed) => freeze(bank, deed, { from: 'open', to: 'frozen' }),
    open: (bank, deed) => freeze(bank, deed, { from: 'frozen', to: 'open' }),
  },
})

function freeze(bank: Bank, deed: Deed<WalletFacts>, { from, to }: { from: string; to: 'open' | 'frozen' }) {
  if (deed.state !== from) throw buildStateProblem('wallet', deed)
  commitAccountState(bank.db, deed.facts.account, to)
  return { state: to }
}

function renderWallet(bank: Bank, { facts, state }: Deed<WalletFacts>): object {
  const { singleMinor, dayMinor, balanceMinor: mostMinor } = walletLimits
  // A wallet that was refused has no account: it is shown empty.
  const account = state === 'failed' ? undefined : getAccount(bank.db, facts.account)
  const taken = account ? sumTakenMinor(bank.db, account.id, startOfDay(bank.clock.now())) : 0n
  const left = dayMinor > taken ? dayMinor - taken : 0n
  const show = (minor: bigint): { value: string; currency: string } => renderMoney(minor, currency)
  return {
    ...{ class: 4, method: account?.id ?? '', mask: account?.mask ?? '' },
    balance: show(account ? account.balanceMinor - account.heldMinor : 0n),
    limits: { balance: show(mostMinor), single: show(singleMinor), day: show(dayMinor), dayLeft: show(left) },
  }
}
