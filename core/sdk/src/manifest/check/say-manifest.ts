import { defineSentences } from '../../fault/saying.ts'

/** What may be wrong with words, a plugin's own ones or a tenant's in their place. */
export const sayManifest = defineSentences({
  'words.too_long': 'the text "{name}" has {length} characters, and room for {most}',
  'words.too_long_in': 'the text "{name}" in {locale} has {length} characters, and room for {most}',
  'words.button_too_long': 'the button of the intent "{name}" has {length} characters, and room for {most}',
  'words.credit_bare': 'the text "{name}" offers a credit by its payments and does not say its annual rate',
  'words.platform_word': 'the intent "{name}" takes "{word}", which is the platform\'s word for "{taken}"',
  'words.no_letters': '"{word}" has neither letters nor digits',
  'words.twice': '"{word}" starts both "{first}" and "{second}"',
})
