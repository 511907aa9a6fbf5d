import { createHash } from 'node:crypto'
import type { Bank } from '../app/bank.ts'
import { renderDay, startOfMonth } from '../app/business-day.ts'
import { listDeedsOfParent } from '../deeds/deeds.store.ts'
import { findMood } from '../sandbox/moods.ts'
import type { Biller } from './billers.ts'

/** What a biller says is owed for an account. */
export interface Owed {
  /** `2026-02`. */
  readonly period: string
  /** The late fee is in it. */
  readonly amountMinor: bigint
  readonly lateFeeMinor: bigint
  /** Names the bill among all bills of all billers. */
  readonly key: string
  /** When this bank paid it, if that was within a day: the biller may not know yet. */
  readonly paidAt?: number
}

const dayMs = 24 * 3_600_000
const lateFeeMinor = 120n

/** Bills that people in stories have; others are made from the number. */
const knownMinor: Readonly<Record<string, bigint>> = {
  'power 0077': 8_650n,
  'water 0077': 4_200n,
  'gas 0077': 6_320n,
  'medical-insurance 0077': 38_000n,
}

/** The bill of last month; undefined for an account that owes nothing. Numbers that end in 0000 never do. */
export function findOwed(bank: Bank, biller: Biller, account: string): Owed | undefined {
  const period = renderDay(startOfMonth(bank.clock.now()) - 1).slice(0, 7)
  const key = `bill ${biller.id} ${bank.vault.blindIndexOf(account)} ${period}`
  const paidAt = findPaidAt(bank, key)
  const settled = paidAt !== undefined && bank.clock.now() - paidAt > dayMs
  if (account.endsWith('0000') || settled) return undefined
  const late = findMood(bank.db, `biller:${biller.id}:fee`) === 'late' ? lateFeeMinor : 0n
  const amountMinor = readAmountMinor(bank, biller, account) + late
  return { period, key, amountMinor, lateFeeMinor: late, ...(paidAt === undefined ? {} : { paidAt }) }
}

function readAmountMinor(bank: Bank, { id }: Biller, account: string): bigint {
  const told = findMood(bank.db, `biller:${id}:amount`)
  if (told !== undefined && /^[1-9][0-9]{0,8}$/.test(told)) return BigInt(told)
  const known = knownMinor[`${id} ${account.slice(-4)}`]
  if (known !== undefined) return known
  const number = createHash('sha256').update(`${id} ${account}`).digest().readUIntBE(0, 4)
  return BigInt(2_000 + (number % 18_000))
}

const unpaid = ['failed', 'reversed']

function findPaidAt(bank: Bank, key: string): number | undefined {
  return listDeedsOfParent(bank, key, 'bill_payment').findLast(({ state }) => !unpaid.includes(state))?.createdAt
}

/** `13012340077` → `****0077`. */
export function maskAccount(account: string): string {
  return `****${account.slice(-4)}`
}
