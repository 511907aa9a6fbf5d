/** Why the bank would not pay. The class is what a merchant may know; the code stays between bank and platform. */
export const failureCodes = ['insufficient_funds', 'card_blocked', 'account_frozen', 'above_limit'] as const
export type FailureCode = (typeof failureCodes)[number]

export const failureClasses = ['insufficient_funds', 'declined'] as const
export type FailureClass = (typeof failureClasses)[number]

export function isFailureCode(code: string): code is FailureCode {
  return failureCodes.some((known) => known === code)
}

/** Whatever is not about money is told to the merchant as declined. */
export function classOfFailure(code: string): FailureClass {
  return code === 'insufficient_funds' ? 'insufficient_funds' : 'declined'
}

const details: Readonly<Record<FailureCode, string>> = {
  insufficient_funds: 'The account does not have enough money for this payment: nothing was taken.',
  card_blocked: 'The bank declined the payment: nothing was taken. Another payment method may do.',
  above_limit: 'The limit of the wallet is reached: nothing was taken. Another payment method may do.',
  account_frozen: 'The bank declined the payment: nothing was taken. The customer must ask the bank.',
}

export function renderFailureDetail(code: FailureCode): string {
  return details[code]
}
