import type { Bank } from '../app/bank.ts'
import { getCustomerBirthday } from '../customers/customers.store.ts'
import { addMonths, findDay } from '../credit/calendar.ts'
import type { Deed } from '../deeds/deeds.store.ts'
import type { Payee } from '../quotes/quotes.store.ts'

export const applicationTypes = ['loan', 'card'] as const
export type ApplicationType = (typeof applicationTypes)[number]

/** What is kept of an application, sealed with it. */
export interface ApplicationFacts {
  readonly type: ApplicationType
  readonly product: string
  /** Minor units; of a loan. */
  readonly amount?: string
  readonly periods?: number
  /** The code of what the money is for, of a loan that has several uses. */
  readonly use?: string
  readonly payee?: Payee
  /** The loan quote it began with. */
  readonly quote?: string
  readonly consents: readonly string[]
  /** What the customer filled in; never sent to anybody. */
  readonly fields: Readonly<Record<string, string>>
  readonly documents: readonly { readonly kind: string; readonly sha256: string }[]
  /** The quote by which the credit check is authorised. */
  readonly authorisation?: string
  readonly offer?: string
  readonly page?: string
}

export type Application = Deed<ApplicationFacts>

/** The bank has two words for the same step of a loan and of a card. */
export const stepWords = {
  loan: { begun: 'applied', reviewing: 'reviewing', offered: 'offered' },
  card: { begun: 'collecting', reviewing: 'under_review', offered: 'approved' },
} as const

/** In these nobody has decided, and nothing was signed yet. */
export const openStates = [
  ...(['applied', 'collecting', 'credit_authorisation', 'reviewing', 'under_review', 'need_more'] as const),
  ...(['offered', 'approved', 'approved_lower'] as const),
]

export const applicationStates = [
  ...openStates,
  ...(['declined', 'withdrawn', 'expired'] as const),
  ...(['accepted', 'drawdown_pending', 'disbursed', 'loan_open', 'drawdown_failed', 'reversed'] as const),
  ...(['contract_signed', 'card_issued', 'activated'] as const),
]

/** Longer than this nobody waits for the rest of a form. */
export const applicationLifeMs = 30 * 24 * 3_600_000
export const offerLifeMs = 24 * 3_600_000

export function isOpen({ state }: Deed): boolean {
  return openStates.some((open) => open === state)
}

/** Eighteen, by the bank's calendar. */
export function isOfAge(bank: Bank, customerId: string): boolean {
  return addMonths(getCustomerBirthday(bank, customerId), 18 * 12) <= findDay(bank.clock.now(), bank.terms.zone)
}
