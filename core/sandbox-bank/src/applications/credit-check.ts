import type { Bank } from '../app/bank.ts'
import { findLoanProduct } from '../products/loan-products.ts'
import { findConsentText } from '../products/consent-texts.ts'
import { commitDraft } from '../quotes/quote-routes.ts'
import type { Quote } from '../quotes/quotes.store.ts'
import { term, text } from '../quotes/terms.ts'
import { applicationLifeMs, type Application } from './application-facts.ts'

/** Which consent a credit check of this application needs: a business has a report of its own. */
export function findCreditPurpose({ facts: { type, product } }: Application): string {
  return type === 'loan' && findLoanProduct(product)?.business ? 'business-credit-query' : 'credit-query'
}

/** What the customer signs before anybody may look at the credit report: who looks, what for, in which words. */
export function commitCreditCheck(bank: Bank, application: Application): Quote {
  const words = findConsentText(findCreditPurpose(application), '1')
  if (!words) throw new Error('the words of the credit check are missing')
  const { clientId, linkId, id } = application
  const rows = [
    term('text', text('授权内容', 'Authorisation'), words.text),
    term('receiver', text('查询方', 'Looked up by'), words.receiver),
    term('purpose', text('用途', 'Purpose'), application.facts.type === 'loan' ? forLoan : forCard),
    term('version', text('授权书', 'Wording'), text(`第 ${words.version} 版`, `version ${words.version}`)),
  ]
  return commitDraft(
    bank,
    { terms: rows, view: { kind: 'credit-authorisation', application: id }, facts: { application: id } },
    {
      ...{ kind: 'credit-check', prefix: 'cck', lifeMs: applicationLifeMs, clientId },
      ...(linkId === undefined ? {} : { linkId }),
    },
  )
}

const forLoan = text('贷款审批', 'Deciding on the loan')
const forCard = text('信用卡审批', 'Deciding on the card')
