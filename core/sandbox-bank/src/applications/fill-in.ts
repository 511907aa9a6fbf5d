import type { Bank } from '../app/bank.ts'
import { getCustomerBirthday, getCustomerName } from '../customers/customers.store.ts'
import type { DeedChange } from '../deeds/deed-kind.ts'
import { findLoanProduct } from '../products/loan-products.ts'
import { Problem } from '../transport/problem.ts'
import { applicationLifeMs, stepWords, type Application, type ApplicationFacts } from './application-facts.ts'
import { commitCreditCheck } from './credit-check.ts'
import { isLicence } from './licence.ts'

export const fieldNames = [
  ...(['name', 'idNumber', 'income', 'address', 'employer'] as const),
  ...(['business', 'licence'] as const),
] as const

export function listMissingFields(application: Application): string[] {
  const business = isForBusiness(application) ? ['business', 'licence'] : []
  return ['name', 'idNumber', ...business].filter((name) => !application.facts.fields[name])
}

export function isForBusiness({ facts: { type, product } }: Pick<Application, 'facts'>): boolean {
  return type === 'loan' && findLoanProduct(product)?.business === true
}

/** Adds what was filled in; with the last of it the bank checks who it is, and asks for the credit check. */
export function buildFilledIn(bank: Bank, application: Application, fields: Readonly<Record<string, string>>): Change {
  const { facts, state } = application
  if (state !== stepWords[facts.type].begun && state !== 'need_more') {
    throw new Problem('state_conflict', `The application is ${state}: nothing more is filled in.`)
  }
  const after: ApplicationFacts = { ...facts, fields: { ...facts.fields, ...fields } }
  const dueAt = bank.clock.now() + applicationLifeMs
  const filled: Application = { ...application, facts: after }
  if (listMissingFields(filled).length > 0) return { facts: after, dueAt }
  if (!isSamePerson(bank, filled) || !hasLicence(filled))
    return { facts: after, state: 'declined', failureCode: 'identity_failed' }
  if (facts.authorisation !== undefined) return { facts: after, state, dueAt }
  return {
    facts: { ...after, authorisation: commitCreditCheck(bank, filled).id },
    state: 'credit_authorisation',
    dueAt,
  }
}

type Change = DeedChange<ApplicationFacts>

/** The number says when somebody was born; the bank knows both that and the name. */
function isSamePerson(bank: Bank, { customerId = '', facts }: Application): boolean {
  const { name = '', idNumber = '' } = facts.fields
  const birthday = getCustomerBirthday(bank, customerId).replaceAll('-', '')
  return name.trim() === getCustomerName(bank, customerId) && isIdNumber(idNumber) && idNumber.slice(6, 14) === birthday
}

function hasLicence(filled: Application): boolean {
  return !isForBusiness(filled) || isLicence(filled.facts.fields['licence'] ?? '')
}

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const checkDigits = '10X98765432'

/** Seventeen digits and the one that GB 11643 makes of them. */
export function isIdNumber(text: string): boolean {
  if (!/^[0-9]{17}[0-9X]$/.test(text)) return false
  const sum = weights.reduce((total, weight, index) => total + weight * Number(text[index]), 0)
  return checkDigits[sum % 11] === text[17]
}

/** An invented number for an invented person of the sandbox. */
export function buildIdNumber(birthday: string): string {
  const digits = `110101${birthday.replaceAll('-', '')}001`
  const sum = weights.reduce((total, weight, index) => total + weight * Number(digits[index]), 0)
  return `${digits}${checkDigits[sum % 11] ?? ''}`
}
