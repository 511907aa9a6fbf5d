import { fillIn } from '../words/fill-in.ts'
import type { formWords } from './form-words.ts'

type Words = (typeof formWords)['zh']

/** The platform's usual findings in the words of the page; what is not among them is shown as it was said. */
export function explainProblem(message: string, words: Words): string {
  for (const [pattern, explain] of known) {
    const found = pattern.exec(message)
    if (found) return explain(words, found.groups ?? {})
  }
  return message
}

type Explain = (words: Words, found: Readonly<Record<string, string>>) => string

const ofSize = (of: 'number' | 'string' | 'array', words: Words, most: boolean): string =>
  ({
    number: most ? words.numberAtMost : words.numberAtLeast,
    string: most ? words.lettersAtMost : words.lettersAtLeast,
    array: most ? words.atMost : words.atLeast,
  })[of]

const sized = (words: Words, { of = 'number', n = '' }: Readonly<Record<string, string>>, most: boolean): string => {
  const kind = of === 'string' || of === 'array' ? of : 'number'
  return fillIn(ofSize(kind, words, most), { n, most: n })
}

const known: readonly (readonly [RegExp, Explain])[] = [
  [/^Too big: expected (?<of>\w+) to (?:be|have) <=?(?<n>-?[\d.]+)/, (words, found) => sized(words, found, true)],
  [/^Too small: expected (?<of>\w+) to (?:be|have) >=?(?<n>-?[\d.]+)/, (words, found) => sized(words, found, false)],
  [/^is missing: /, (words) => words.missing],
  [/^Invalid input: expected (?:int|number)\b/, (words) => words.noNumber],
  [/^Invalid option: /, (words) => words.noOption],
  [/^Invalid string: must match pattern/, (words) => words.badForm],
  [/^lower-case letters, digits and hyphens, beginning/, (words) => words.badName],
  [/^an address like https:/, (words) => words.badAddress],
]
