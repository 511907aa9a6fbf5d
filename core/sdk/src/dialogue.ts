/**
 * For a bank's product teams: the dialogue that most commits have, ready made. The capability, a title and a few words
 * make a plugin; see `plugins/payment`. Its stories begin with `proveAtCounter` of `@inthread/sdk/testing`.
 */
export type { CounterOptions } from './dialogue/counter-contract.ts'
export { defineCounter } from './dialogue/define-counter.ts'
export { paymentWords, type CounterWords, type Wording } from './dialogue/counter-words.ts'
export { defineCreditDialogue } from './lending/define-credit-dialogue.ts'
export type { CreditOptions } from './lending/credit-contract.ts'
export type { CreditWords } from './lending/credit-words.ts'
