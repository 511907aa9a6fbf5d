/** A name of the same looks that nobody's thing has. */
export function nearMiss(name: string): string {
  // An address ends in letters.
  const last = name.includes('@') ? 'x' : name.endsWith('0') ? '1' : '0'
  return name.slice(0, -1) + last
}
