/** Characters that turn the reading direction, control a terminal or hide: they make a text look like another one. */
const invisible = new RegExp(
  [
    String.raw`[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]`,
    String.raw`[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069]`,
    String.raw`[\u3164\ufeff\uffa0]`,
  ].join('|'),
  'gu',
)

/** What a card's description takes, in code points. */
const lengthLimit = 2000

/**
 * A value that goes into a text. One line, nothing hidden, and no lenticular brackets: those open a message's
 * signature, which only the core writes.
 */
export function cleanValue(value: string): string {
  const line = cleanWords(value).replace(/\s+/gu, ' ').trim()
  return line.length <= lengthLimit ? line : [...line].slice(0, lengthLimit).join('').trim()
}

/** A finished text of a merchant: line breaks stay, everything that could pass for a signature goes. */
export function cleanWords(text: string): string {
  return text
    .replace(invisible, '')
    .replace(/[【〖\ufe17\ufe3b]/gu, '[')
    .replace(/[】〗\ufe18\ufe3c]/gu, ']')
}

/** Cut to a number of Unicode code points, which is how the protocols count. */
export function clip(text: string, limit: number): string {
  const points = [...text]
  return points.length <= limit ? text : `${points.slice(0, limit - 1).join('')}…`
}

/** A name for a button: cut to a number of code points, between words where there are any. */
export function shorten(text: string, limit: number): string {
  const points = [...text]
  if (points.length <= limit) return text
  const cut = points.slice(0, limit).join('')
  const blank = points[limit] === ' ' ? cut.length : cut.lastIndexOf(' ')
  return blank > 0 ? cut.slice(0, blank) : cut
}

/**
 * For comparing what a user typed with a word or a label: width, case, blanks and punctuation do not matter. The point
 * of a number does: `20000` is not the button `¥200.00`.
 */
export function normalize(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/(?!(?<=\d)\.(?=\d))[\p{P}\p{Z}\p{S}\s]/gu, '')
}
