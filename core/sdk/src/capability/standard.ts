import type { CapabilityDeclaration } from '../capability.ts'
import { payment, paymentDesk } from './payment.ts'

/** Those that the platform brings along. Every other one is published with the dialogue that provides it. */
export const standardCapabilities: readonly CapabilityDeclaration[] = [payment, paymentDesk]

export function isStandardCapability(id: string): boolean {
  return standardCapabilities.some((capability) => capability.id === id)
}
