/** The finance engine: desk → orders → notices. It knows no tenant, bank or plugin by name, and never holds money. */
export { createFinance, type Finance, type NoticeAcceptance } from './engine/finance.ts'
export { financeMigrations } from './schema/migrations.ts'
export { findOrderView, readBook, type BookView, type OrderView } from './orders/order.view.store.ts'
export { findTransition, paymentMachine, terminalStates, type OrderEvent, type OrderState } from './orders/machine.ts'
export type * from './ports.ts'
