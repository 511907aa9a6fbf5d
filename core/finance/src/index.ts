/** The finance engine: desk → orders → notices. It knows no tenant, bank or plugin by name, and never holds money. */
export { createDesk, type NewOrder, type Reserve } from './desk/desk.ts'
export { SimulatedDesk, type SimulatedDeskParts } from './simulate/simulated-desk.ts'
export { createFinance, type Finance, type NoticeAcceptance } from './engine/finance.ts'
export { financeMigrations } from './schema/migrations.ts'
export {
  countOrders,
  findOrderView,
  listOrders,
  readBook,
  type BookView,
  type OrderView,
} from './orders/order.view.store.ts'
export { readFinanceBacklog, type FinanceBacklog } from './orders/backlog.view.store.ts'
export { findTransition, paymentMachine, terminalStates, type OrderEvent, type OrderState } from './orders/machine.ts'
export {
  blockGrant,
  commitGrantChanges,
  findWider,
  proposeUnblocking,
  settleGrants,
  withdrawGrants,
  type GrantChange,
  type SettledGrants,
  type WantedGrant,
} from './grants/change-grants.ts'
export { placeOf, readPlace, type GrantPlace } from './grants/grant-place.ts'
export { completeGrant, findGrantProblem, grantSchema, strengths, type GrantText } from './grants/grant-terms.ts'
export { findUngranted, hasGrants, listGrants, type GrantView } from './grants/grant.view.store.ts'
export { type NewRefund, type RefundOpening, type RefundRefusal } from './refunds/request-refund.ts'
export { digestOfText, findBlocking, type AnsweredConsent, type ConsentText } from './consents/consent-text.ts'
export {
  answerConsent,
  askConsent,
  reverifyConsents,
  suspendConsents,
  withdrawConsent,
  type ConsentAnswer,
  type NewConsent,
} from './consents/consent.store.ts'
export { hasConsent, listConsents, type ConsentView } from './consents/consent.view.store.ts'
export { createBookOffice, type BookOffice } from './engine/book-office.ts'
export { listRefunds, type RefundView } from './refunds/refund.view.store.ts'
export { refundSubject } from './refunds/request-refund.ts'
export { breakDecisions, breakSubject, listDecisions, type BreakDecision } from './breaks/resolve-break.ts'
export { listBreaks, listInConflict } from './breaks/break-machine.store.ts'
export { listUndecided } from './breaks/undecided.store.ts'
export { listStatements } from './reconcile/statement.store.ts'
export { boundsOf, dayOf } from './reconcile/bank-day.ts'
export { listDays, type BookDay } from './payouts/list-days.ts'
export { listEntries } from './payouts/entries.view.store.ts'
export type { BookEntry } from './payouts/entry.ts'
export { commitTerms, readTerms } from './payouts/terms.store.ts'
export { termsSchema, type BookTerms } from './payouts/terms.ts'
export type * from './ports.ts'
