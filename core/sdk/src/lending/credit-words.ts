import type { CounterWords, Wording } from '../dialogue/counter-words.ts'

/** What is particular about one kind of credit. The sentences around it are the same for all. */
export interface CreditWords extends CounterWords {
  /** Button under the key facts: `申请`, `Apply`. */
  readonly apply: Wording
  /** Title of the offer, before amount and rate: `审批通过`, `Approved`. */
  readonly approved: Wording
  /** Button that leads to the contract: `签署合同`, `Sign the contract`. */
  readonly sign: Wording
  /** When the amount is too small or too large for it. */
  readonly notOffered: Wording
  /** What else there is to say when the bank has said no: `您可以换一种方式付款。`; nothing when left out. */
  readonly afterNo?: Wording
}
