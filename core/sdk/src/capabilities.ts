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
