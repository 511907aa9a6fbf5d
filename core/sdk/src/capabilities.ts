export { isStandardCapability, standardCapabilities } from './capability/standard.ts'
export { readWire, writeWire, type WireJson } from './capability/bank-wire.ts'
export { canonicalTerms, type WireQuote } from './capability/quote.ts'
export {
  declineReasons,
  orderSummarySchema,
  payMethodSchema,
  payment,
  paymentDesk,
  type DeclineReason,
} from './capability/payment.ts'
