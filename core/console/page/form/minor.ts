/** `12.5` in a currency of two places is 1250; undefined for what is no amount. */
export function readMinor(text: string, places: number): bigint | undefined {
  const [, whole = '', part = ''] = /^(\d{1,12})(?:\.(\d*))?$/.exec(text.trim()) ?? []
  if (whole === '' || part.length > places) return undefined
  return BigInt(`${whole}${part.padEnd(places, '0')}`)
}

export function countPlaces(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
}
