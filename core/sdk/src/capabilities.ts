export { isStandardCapability, standardCapabilities } from './capability/standard.ts'
export {
  declineReasons,
  orderSummarySchema,
  payMethodSchema,
  payment,
  paymentDesk,
  type DeclineReason,
} from './capability/payment.ts'
