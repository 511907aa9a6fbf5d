import type { Deed } from '../deeds/deeds.store.ts'

/** What a policy will need of its quote. */
export interface PolicyFacts {
  readonly product: string
  readonly from: string
  readonly to: string
  /** The policy that this one follows. */
  readonly renews?: string
}

/** What is kept of a policy. */
export interface KeptPolicy extends PolicyFacts {
  /** The account the premium came from. */
  readonly account: string
  readonly policyNo?: string
  readonly renewedBy?: string
  readonly refunded?: string
}

export type Policy = Deed<KeptPolicy>
