/** How this bank computes a credit, for tests that hold another way of computing it against this one. */
export { buildRest } from './credit/after-start.ts'
export { buildDisclosure } from './credit/disclosure.ts'
export { buildCredit } from './credit/render-credit.ts'
export { shrinkPlan } from './credit/shrink-plan.ts'
export { buildSchedule, type CreditTerms, type ScheduleLine } from './credit/schedule.ts'
