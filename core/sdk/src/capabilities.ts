export { isStandardCapability, standardCapabilities } from './capability/standard.ts'
export { readWire, writeWire, type WireJson } from './capability/bank-wire.ts'
export { canonicalTerms, type WireQuote } from './capability/quote.ts'
export {
  changedSchema,
  declineReasons,
  deskReasons,
  factSchema,
  orderSummarySchema,
  payMethodSchema,
  payment,
  paymentDesk,
  settledSchema,
  type DeclineReason,
  type DeskReason,
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
export { appointment, branchSchema, slotSchema, visitSchema } from './capability/standard/appointment.ts'
export { cardBinding } from './capability/standard/card-binding.ts'
export { cardNotice } from './capability/standard/card-notice.ts'
export { consentDesk } from './capability/lending/consent-desk.ts'
export { consumerLoan } from './capability/lending/consumer-loan.ts'
export { creditAuthorisation } from './capability/lending/credit-authorisation.ts'
export { cardActivation, creditCard } from './capability/lending/credit-card.ts'
export { instalments } from './capability/lending/instalments.ts'
export { loanAccount } from './capability/lending/loan-account.ts'
export { merchantLoan } from './capability/lending/merchant-loan.ts'
export { loanEstimateSchema, loanPrecheck } from './capability/lending/precheck.ts'
export { creditDesk, creditLineSchema } from './capability/lending/credit-desk.ts'
export { escrow, escrowSchema } from './capability/standard/escrow.ts'
export { envelope } from './capability/standard/envelope.ts'
export { priceAlert, priceAlertSchema } from './capability/standard/price-alert.ts'
export { points } from './capability/standard/points.ts'
export { transfer } from './capability/standard/transfer.ts'
export { wallet, walletSchema } from './capability/standard/wallet.ts'
export { holdingSchema, wealth, wealthProductSchema } from './capability/standard/wealth.ts'
export { claimSchema, insurance, policySchema } from './capability/standard/insurance.ts'
