import type { ConformanceCase } from './case.ts'
import { answerCases } from './cases/answers.ts'
import { capabilityCases } from './cases/capabilities.ts'
import { confirmationCases, lockingCases } from './cases/confirmations.ts'
import { eventCases } from './cases/events.ts'
import { idempotencyCases } from './cases/idempotency.ts'
import { inputCases } from './cases/input.ts'
import { keyCases } from './cases/keys.ts'
import { linkCases } from './cases/links.ts'
import { listCases } from './cases/lists.ts'
import { payingCases } from './cases/paying.ts'
import { paymentCases } from './cases/payments.ts'
import { precheckCases } from './cases/prechecks.ts'
import { refundCases } from './cases/refunds.ts'
import { signatureCases } from './cases/signatures.ts'
import { statementCases } from './cases/statements.ts'

/** All of them, in the order in which they are run: the number is locked only when nobody needs it any more. */
export const conformanceCases: readonly ConformanceCase[] = [
  ...signatureCases,
  ...answerCases,
  ...capabilityCases,
  ...linkCases,
  ...inputCases,
  ...idempotencyCases,
  ...confirmationCases,
  ...paymentCases,
  ...payingCases,
  ...refundCases,
  ...precheckCases,
  ...listCases,
  ...eventCases,
  ...statementCases,
  ...keyCases,
  ...lockingCases,
]
