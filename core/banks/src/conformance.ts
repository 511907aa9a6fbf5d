/** What a bank that speaks the shared API has to do right before it may be connected: cases, and who runs them. */
export { runConformance, type Candidate } from './conformance/run-conformance.ts'
export { conformanceCases } from './conformance/conformance-cases.ts'
export type { ConformanceCase, Kit } from './conformance/case.ts'
