/**
 * The rules of RCC.07 message and menu bodies, and what China Telecom, China Unicom and our own caution ask beyond
 * them. Pure functions over parsed JSON: they return every problem, each with its JSON pointer, and never throw.
 */
export { listMenuProblems } from './rcc07/list-menu-problems.ts'
export { listMessageProblems } from './rcc07/list-message-problems.ts'
export { listCtCuMenuProblems, listCtCuMessageProblems, listCtCuTextProblems } from './rcc07/ct-cu-profile.ts'
export type { Problem } from './rcc07/rule.ts'
