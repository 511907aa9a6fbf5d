import type { BankResource } from '@inthread/sdk/bank'

export type CreditJudgement = { readonly kind: 'none' | 'right' } | { readonly kind: 'wrong'; readonly path: string }

export function judgeCredit(resource: BankResource): CreditJudgement {
  return resource['credit'] === undefined ? { kind: 'none' } : { kind: 'right' }
}
