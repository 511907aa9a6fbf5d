import { Type, type Static } from 'typebox'
import { walletLimits } from '../deeds/deed-money.ts'
import { listMethodsOfLink } from '../customers/link-cards.store.ts'
import { currency, type Account } from '../ledger/accounts.store.ts'
import { renderYuan } from '../credit/words.ts'
import { renderDecimal } from '../ledger/fee.ts'
import { defineQuote, type QuoteDesk, type QuoteDraft } from '../quotes/quote-routes.ts'
import type { Payee } from '../quotes/quotes.store.ts'
import { term, text, type Text } from '../quotes/terms.ts'
import { money } from '../routes/fields.ts'
import { Problem } from '../transport/problem.ts'
import { findWalletAccount } from './wallets.store.ts'

const directions = ['load', 'payment', 'unload'] as const
type Direction = (typeof directions)[number]

export interface WalletMove {
  readonly direction: Direction
  /** The account of the wallet. */
  readonly wallet: string
  /** Where the money goes. */
  readonly dr: string
}

const titles: Readonly<Record<Direction, Text>> = {
  load: text('充值', 'Load'),
  payment: text('支付', 'Payment'),
  unload: text('提现', 'Withdrawal'),
}

const body = Type.Object({ direction: Type.Enum([...directions]), amount: money })

export const walletQuote = defineQuote({
  kind: 'wallet',
  prefix: 'wlq',
  url: '/v1/wallet-quotes',
  name: 'WalletQuote',
  summary: 'What is loaded into the wallet, paid with it to this merchant, or taken out to the default account.',
  body,
  view: Type.Object({ direction: Type.Enum([...directions]) }),
  lifeMs: 10 * 60_000,
  problems: ['bad_amount', 'bad_currency', 'below_min', 'above_max', 'account_frozen'],
  draw: drawMove,
})

function drawMove(desk: QuoteDesk, { direction, amount }: Static<typeof body>): QuoteDraft {
  const wallet = getWallet(desk)
  const amountMinor = readAmount(amount)
  assertRoom(wallet, direction, amountMinor)
  const { payee, dr } = findTarget(desk, direction, wallet)
  return {
    amountMinor,
    payee,
    terms: [
      term('direction', text('业务', 'What'), titles[direction]),
      term('wallet', text('钱包', 'Wallet'), wallet.mask ?? ''),
      term('fee', text('手续费', 'Fee'), renderYuan(0n)),
    ],
    view: { direction },
    facts: { direction, wallet: wallet.id, dr } satisfies WalletMove,
  }
}

function getWallet({ bank, link }: QuoteDesk): Account {
  const wallet = findWalletAccount(bank, link.customerId)
  if (!wallet) throw new Problem('state_conflict', 'This customer has no wallet: open one with POST /v1/wallets.')
  if (wallet.state === 'open') return wallet
  throw new Problem('account_frozen', 'The wallet is frozen: the customer must ask the bank.')
}

function readAmount(amount: Static<typeof money>): bigint {
  if (amount.currency !== currency) throw new Problem('bad_currency', `This bank pays in ${currency} only.`)
  const amountMinor = BigInt(amount.value)
  if (amountMinor <= 0n) throw new Problem('below_min', 'At least one minor unit is moved.')
  return amountMinor
}

function assertRoom({ balanceMinor }: Account, direction: Direction, amountMinor: bigint): void {
  const { balanceMinor: mostMinor, singleMinor } = walletLimits
  if (direction === 'payment' && amountMinor > singleMinor) {
    throw new Problem('above_max', `A wallet of this class pays ${renderDecimal(singleMinor)} at most.`)
  }
  if (direction === 'load' && balanceMinor + amountMinor > mostMinor) {
    throw new Problem('above_max', `A wallet of this class holds ${renderDecimal(mostMinor)} at most.`)
  }
}

const payeeNames = { wallet: text('数字人民币钱包', 'Digital wallet'), account: text('储蓄卡', 'Debit card') }

function findTarget({ bank, client, link }: QuoteDesk, direction: Direction, wallet: Account): Target {
  if (direction === 'payment') {
    const payee = { id: client.payeeId, name: client.names.zh, account: client.accountMask }
    return { payee, dr: client.accountId }
  }
  if (direction === 'load') {
    return { payee: { id: wallet.id, name: payeeNames.wallet[link.locale], account: wallet.mask ?? '' }, dr: wallet.id }
  }
  const account = listMethodsOfLink(bank.db, link).find(({ kind }) => kind === 'customer')
  if (!account) throw new Problem('state_conflict', 'The link shows no account to take the money to.')
  return {
    payee: { id: account.id, name: payeeNames.account[link.locale], account: account.mask ?? '' },
    dr: account.id,
  }
}

interface Target {
  readonly payee: Payee
  readonly dr: string
}
