/** Characters that turn the reading direction or hide: they can make a text look like another one. */
const invisible =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu

/**
 * A value that goes into a text. One line, nothing hidden, and no lenticular brackets: those open a message's
 * signature, which only the core writes.
 */
export function cleanValue(value: string): string {
  return cleanWords(value).replace(/\s+/gu, ' ').trim().slice(0, 2000)
}

/** A finished text of a merchant: line breaks stay, everything that could pass for a signature goes. */
export function cleanWords(text: string): string {
  return text
    .replace(invisible, '')
    .replace(/[【〖]/gu, '[')
    .replace(/[】〗]/gu, ']')
}

/** Cut to a number of Unicode code points, which is how the protocols count. */
export function clip(text: string, limit: number): string {
  const points = [...text]
  return points.length <= limit ? text : `${points.slice(0, limit - 1).join('')}…`
}

/** For comparing what a user typed with a word or a label: width, case, blanks and punctuation do not matter. */
export function normalize(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{P}\p{Z}\p{S}\s]+/gu, '')
}
