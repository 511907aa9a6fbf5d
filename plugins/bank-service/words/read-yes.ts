const no: ReadonlySet<string> = new Set([
  ...['不', '否', '不用', '不用了', '不用记', '不要', '不要了', '不记', '不记了', '不必', '不了', '算了', '没必要'],
  ...['no', 'nope', 'no thanks', 'no thank you', 'no need', 'not now', 'skip'],
])
const yes: ReadonlySet<string> = new Set([
  ...['要', '好', '好的', '好啊', '行', '可以', '对', '是', '是的', '嗯', '记', '记住', '记一下'],
  ...['yes', 'yes please', 'yeah', 'sure', 'ok', 'okay', 'please'],
])

/** The words as they are compared: in one width and case, without what ends a sentence. */
export function toPlainWords(words: string): string {
  return words
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/[。.!！~～]+$/u, '')
}

/** true for a yes, false for a no; undefined for what says neither. */
export function readYes(words: string): boolean | undefined {
  const said = toPlainWords(words)
  if (no.has(said)) return false
  return yes.has(said) ? true : undefined
}
