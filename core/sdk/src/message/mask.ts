const star = '*'

/** For the payer to recognise who is paid: the first character is covered. `张小明` is shown as `*小明`. */
export function maskPayeeName(name: string): string {
  const letters = [...name]
  return letters.length === 0 ? '' : [star, ...letters.slice(1)].join('')
}

/** For logs and for the desk: the last character alone. `张小明` is `**明`. */
export function maskName(name: string): string {
  const letters = [...name]
  if (letters.length < 2) return star.repeat(letters.length)
  return star.repeat(letters.length - 1) + (letters.at(-1) ?? '')
}

/** `138****5678`; what stands before the last eight digits (a prefix, a country) is kept. */
export function maskPhone(phone: string): string {
  if (phone.length < 8) return star.repeat(phone.length)
  return `${phone.slice(0, -8)}${star.repeat(4)}${phone.slice(-4)}`
}

/** `****0123`, whatever its length. */
export function maskCard(card: string): string {
  return card.length < 8 ? star.repeat(4) : `${star.repeat(4)}${card.slice(-4)}`
}

/** First and last character. */
export function maskNationalId(id: string): string {
  if (id.length < 3) return star.repeat(id.length)
  return `${id.slice(0, 1)}${star.repeat(id.length - 2)}${id.slice(-1)}`
}
