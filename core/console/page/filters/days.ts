/** The beginning of a day in a zone, in microseconds. */
export function startOfDay(day: string, timeZone: string): number | undefined {
  const utc = Date.parse(`${day}T00:00:00Z`)
  if (Number.isNaN(utc)) return undefined
  const shown = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(utc)
  const offset = Date.parse(`${shown.replace(' ', 'T')}Z`) - utc
  return (utc - offset) * 1000
}

export const dayUs = 86_400_000_000
