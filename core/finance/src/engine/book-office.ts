import type { Transaction } from '@inthread/store'
import { withdrawConsent } from '../consents/consent.store.ts'
import type { FinancePorts } from '../ports.ts'
import {
  assertDecision,
  giveBreakBack,
  resolveBreak,
  takeBreak,
  type BreakDecision,
  type BreakStep,
} from '../breaks/resolve-break.ts'
import type { ReadStatement, StatementReader } from '../reconcile/statement-reader.ts'
import { approveRefund, rejectRefund, type RefundDecision } from '../refunds/decide-refund.ts'
import { requestRefund, type NewRefund, type RefundOpening } from '../refunds/request-refund.ts'

export interface DayOfBank {
  readonly tenantId: string
  readonly bankId: string
  readonly day: string
}

/** What people do with the books. All but the import of a statement happens in the caller's own transaction. */
export interface BookOffice {
  requestRefund(tx: Transaction, wanted: NewRefund): Promise<RefundOpening>
  approveRefund(tx: Transaction, decision: RefundDecision): Promise<void>
  rejectRefund(tx: Transaction, decision: RefundDecision): Promise<void>
  withdrawConsent(tx: Transaction, withdrawal: Parameters<typeof withdrawConsent>[1]): Promise<string>
  takeBreak(tx: Transaction, step: BreakStep): Promise<void>
  giveBreakBack(tx: Transaction, step: BreakStep): Promise<void>
  /** Throws `break.decision_unfit` when two people could not decide it like this. */
  assertDecision(tx: Transaction, step: BreakStep, decision: BreakDecision): Promise<void>
  resolveBreak(tx: Transaction, step: BreakStep & { readonly decision: BreakDecision }): Promise<readonly string[]>
  /** Undefined when the tenant has no such bank. */
  readStatement(day: DayOfBank): Promise<ReadStatement | undefined>
  /** What was committed is to be taken up now. */
  wake(conversations?: readonly string[]): void
}

export interface OfficeParts {
  readonly ports: FinancePorts
  readonly statements: Pick<StatementReader, 'read'>
  readonly wake: () => void
}

export function createBookOffice({ ports, statements, wake }: OfficeParts): BookOffice {
  return {
    requestRefund: (tx, wanted) => requestRefund(tx, wanted, ports),
    approveRefund: (tx, decision) => approveRefund(tx, decision, ports),
    rejectRefund: (tx, decision) => rejectRefund(tx, decision, ports),
    withdrawConsent: (tx, withdrawal) => withdrawConsent(tx, withdrawal, ports),
    takeBreak: (tx, step) => takeBreak(tx, step, ports),
    giveBreakBack: (tx, step) => giveBreakBack(tx, step, ports),
    assertDecision: async (tx, step, decision) => void (await assertDecision(tx, step, decision)),
    resolveBreak: (tx, step) => resolveBreak(tx, step, ports),
    readStatement: async ({ tenantId, bankId, day }) => {
      const setup = await ports.banks.find(tenantId, bankId)
      return setup && statements.read(setup, day)
    },
    wake: (conversations = []) => {
      wake()
      ports.mailbox.wake(conversations)
    },
  }
}
