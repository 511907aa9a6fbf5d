import type { Money } from '@inthread/sdk'
import { readAmount } from './read-amount.ts'

/** 预约取 10 万现金 · book 100000 in cash. undefined for everything else. */
export function readVisit(words: string): { readonly service: 'cash-large'; readonly cash: Money } | undefined {
  const sentence = words.normalize('NFKC').trim()
  const said =
    /^预约(?:取现|提现|取款|取)\s*(.{1,12}?)(?:的?现金)?$/u.exec(sentence)?.[1] ??
    /^book ([\d,.]{1,12}) (?:yuan )?in cash$/iu.exec(sentence)?.[1]
  const read = said === undefined ? undefined : readAmount(said)
  return read && 'amount' in read ? { service: 'cash-large', cash: read.amount } : undefined
}
