/** Puts values into a sentence: `fillIn('At most {left}', { left: '5' })`. */
export function fillIn(sentence: string, values: Readonly<Record<string, string | number>>): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}

/** `1 order`, `2 orders`: languages that have no plural say the same twice. */
export function count(n: number, one: string, many: string): string {
  return n === 1 ? one : fillIn(many, { n })
}
