import fc from 'fast-check'

/**
 * What breaks texts: line ends, quotes, braces, brackets of signatures, hidden and turning characters, emoji, blanks.
 */
const nasty = [
  ...'\n\r\t\0\u0001\u0085\u2028\u2029\u200b\u202e\u2066\ufeff',
  ...'"\'`\\{}#/&<>%$|~;:,.()[]【】〖〗',
  ...'😀𠮷é价',
  '  ',
  '{{',
  '}}',
]

/** Texts of up to so many pieces, each of them plain, nasty, or any character that Unicode has. */
export function wildText(maxLength: number): fc.Arbitrary<string> {
  const piece = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...'abcdefgh0123456789- ') },
    { weight: 3, arbitrary: fc.constantFrom(...nasty) },
    { weight: 1, arbitrary: fc.nat(0x10f7ff).map(toCharacter) },
  )
  return fc.array(piece, { maxLength }).map((pieces) => pieces.join(''))
}

/** Without the surrogates, which are no characters by themselves. */
function toCharacter(index: number): string {
  return String.fromCodePoint(index < 0xd800 ? index : index + 0x800)
}
