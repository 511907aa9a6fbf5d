export { isStandardCapability, standardCapabilities } from './capability/standard.ts'
export { readWire, writeWire, type WireJson } from './capability/bank-wire.ts'
export { canonicalTerms, type WireQuote } from './capability/quote.ts'
export {
  changedSchema,
  declineReasons,
  factSchema,
  orderSummarySchema,
  payMethodSchema,
  payment,
  paymentDesk,
  settledSchema,
  type DeclineReason,
} from './capability/payment.ts'
export {
  findMove,
  judgeEvent,
  judgeState,
  listReachable,
  machines,
  rankOf,
  type EventOf,
  type EventVerdict,
  type MachineName,
  type StateOf,
  type StateVerdict,
} from './capability/machines.ts'
export type { Actor, Machine, Move } from './capability/machines/machine.ts'
export { askEnds, declined, nothing, orderEnds, quoteFields } from './capability/outcomes.ts'
export { account, accountSchema, entrySchema } from './capability/standard/account.ts'
export { billerSchema, bills, billSchema } from './capability/standard/bills.ts'
export { consentDesk } from './capability/standard/consent-desk.ts'
export { consumerLoan } from './capability/standard/consumer-loan.ts'
export { creditAuthorisation } from './capability/standard/credit-authorisation.ts'
export { creditDesk, creditLineSchema } from './capability/standard/credit-desk.ts'
export { transfer } from './capability/standard/transfer.ts'
