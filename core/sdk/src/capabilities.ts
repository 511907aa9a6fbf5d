export { isStandardCapability, standardCapabilities } from './capability/standard.ts'
export {
  declineReasons,
  orderSummarySchema,
  payMethodSchema,
  payment,
  paymentDesk,
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
