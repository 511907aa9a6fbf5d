import type { CapabilityDeclaration } from '../capability.ts'
import { payment, paymentDesk } from './payment.ts'
import { account } from './standard/account.ts'
import { bills } from './standard/bills.ts'
import { transfer } from './standard/transfer.ts'

/** Those that the platform brings along. Every other one is published with the dialogue that provides it. */
export const standardCapabilities: readonly CapabilityDeclaration[] = [
  ...[payment, paymentDesk, transfer],
  ...[account, bills],
]

export function isStandardCapability(id: string): boolean {
  return standardCapabilities.some((capability) => capability.id === id)
}
