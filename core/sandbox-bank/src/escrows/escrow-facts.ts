import type { Deed } from '../deeds/deeds.store.ts'

export type Party = 'buyer' | 'seller'

export interface EscrowFacts {
  readonly item: string
  /** Where the money waits, and the account it goes to in the end. */
  readonly escrow: string
  readonly seller: string
  readonly reminded?: boolean
  readonly wantsBack?: readonly Party[]
  readonly decidedBy?: 'parties' | 'rule' | 'bank'
  /** What the seller calls the parcel. */
  readonly parcel?: string
}

export type Escrow = Deed<EscrowFacts>
