import type { Money } from '@inthread/sdk'
import { readAmount } from './read-amount.ts'

/** 充话费 50 · 话费充值五十元 · top up 50. undefined for everything else. */
export function readTopUp(words: string): { readonly category: 'phone'; readonly amount: Money } | undefined {
  const sentence = words.normalize('NFKC').trim()
  const [, said = ''] = /^(?:充话费|话费充值|充值话费|交话费|top ?up)\s*(.{1,12})$/iu.exec(sentence) ?? []
  const read = said === '' ? undefined : readAmount(said)
  return read && 'amount' in read ? { category: 'phone', amount: read.amount } : undefined
}
