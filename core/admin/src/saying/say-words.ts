import { defineSentences } from '@inthread/sdk/fault'

/** What is wrong with a tenant's own words. */
export const sayWords = defineSentences({
  'wording.empty': 'it says nothing',
  'wording.signs': 'it has 【, 】 or hidden characters, which only the platform writes',
  'wording.amount': 'it writes an amount out: amounts come from variables alone',
  'wording.payee': 'it speaks of a payee: who is paid is said by the bank alone',
  'wording.credit': 'it offers a credit by its payments and does not say its annual rate',
  'wording.no_text': '"{plugin}" has no text "{text}"',
  'wording.word_taken': '"{word}" is taken by {takers}',
  'wording.no_variable': 'vars.{name}: the text has no such variable',
  'wording.text': 'vars.{name}: write a text',
  'wording.count': 'vars.{name}: write a whole number',
  'wording.money': 'vars.{name}: write an amount like 480.00',
  'wording.instant': 'vars.{name}: write an instant like 2026-03-05T08:00:00Z',
})
