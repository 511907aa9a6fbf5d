/** A name of the same looks that nobody's thing has. */
export function nearMiss(name: string): string {
  if (name.includes('@')) return `0${name.slice(1)}`
  return name.slice(0, -1) + (name.endsWith('0') ? '1' : '0')
}
