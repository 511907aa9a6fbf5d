import type { BankCaseResult, BankCheckPorts } from '@inthread/sdk/bank'
import { faultCodeOf } from '@inthread/sdk/fault'
import type { Courier } from './courier.ts'
import type { Customer } from './customer.ts'
import { Mismatch, Skipped } from './mismatch.ts'

/** What every case works with: one bank, one client of it, one customer. */
export interface Kit {
  readonly clientId: string
  readonly courier: Courier
  readonly customer: Customer
  readonly ports: BankCheckPorts
  /** What the bank marks its deliveries with, where it has no key for them. */
  readonly webhookSecret: string | undefined
  /** Signs as another client of the same bank, where there is one. */
  readonly other: Courier | undefined
}

/** One thing that a bank has to do right. */
export interface ConformanceCase {
  readonly id: string
  readonly title: string
  /** The rule of the shared bank API that it is held to. */
  readonly rule: string
  /** What to change at the bank. */
  readonly remedy: string
  /** Resolves when the bank did it; throws a {@link Mismatch} or a {@link Skipped}. */
  readonly run: (kit: Kit) => Promise<void>
}

/** Whatever happens, there is a verdict. */
export async function runCase(each: ConformanceCase, kit: Kit): Promise<BankCaseResult> {
  const { id, title, rule, remedy } = each
  try {
    await each.run(kit)
    return { id, title, rule, verdict: { kind: 'passed' } }
  } catch (error) {
    if (error instanceof Skipped) return { id, title, rule, verdict: { kind: 'skipped', why: error.message } }
    const [expected, got] =
      error instanceof Mismatch ? [error.expected, error.got] : ['an answer that can be read', faultCodeOf(error)]
    return { id, title, rule, verdict: { kind: 'failed', expected, got, remedy } }
  }
}
