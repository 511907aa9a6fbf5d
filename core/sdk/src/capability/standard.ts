import type { CapabilityDeclaration } from '../capability.ts'
import { payment, paymentDesk } from './payment.ts'
import { account } from './standard/account.ts'
import { appointment } from './standard/appointment.ts'
import { bills } from './standard/bills.ts'
import { cardBinding } from './standard/card-binding.ts'
import { cardNotice } from './standard/card-notice.ts'
import { consentDesk } from './lending/consent-desk.ts'
import { consumerLoan } from './lending/consumer-loan.ts'
import { creditAuthorisation } from './lending/credit-authorisation.ts'
import { cardActivation, creditCard } from './lending/credit-card.ts'
import { creditDesk } from './lending/credit-desk.ts'
import { merchantLoan } from './lending/merchant-loan.ts'
import { loanPrecheck } from './lending/precheck.ts'
import { escrow } from './standard/escrow.ts'
import { envelope } from './standard/envelope.ts'
import { priceAlert } from './standard/price-alert.ts'
import { points } from './standard/points.ts'
import { instalments } from './lending/instalments.ts'
import { loanAccount } from './lending/loan-account.ts'
import { insurance } from './standard/insurance.ts'
import { transfer } from './standard/transfer.ts'
import { wallet } from './standard/wallet.ts'
import { wealth } from './standard/wealth.ts'

/** Those that the platform brings along. Every other one is published with the dialogue that provides it. */
export const standardCapabilities: readonly CapabilityDeclaration[] = [
  ...[payment, paymentDesk, transfer],
  ...[account, bills, appointment, cardBinding, cardNotice],
  ...[envelope, escrow, insurance, points, priceAlert, wallet, wealth],
  ...[consentDesk, creditDesk, creditAuthorisation, loanPrecheck, consumerLoan, merchantLoan],
  ...[creditCard, cardActivation, instalments, loanAccount],
]

export function isStandardCapability(id: string): boolean {
  return standardCapabilities.some((capability) => capability.id === id)
}
