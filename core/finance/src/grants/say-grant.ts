import { defineSentences } from '@inthread/sdk/fault'

/** Why a grant cannot be meant as it is written. */
export const sayGrant = defineSentences({
  'grant.amount': 'an amount in {currency} is written like {example}',
  'grant.currency': 'the currency {currency} is not known',
  'grant.usual_tiers': 'has the usual tiers, which are amounts in CNY',
  'grant.days': 'ends before it begins',
  'form.amount': 'an amount like "5000.00"',
  'form.day': 'a day like "2026-03-05"',
  'form.known_currency': 'a currency that the platform knows',
})
