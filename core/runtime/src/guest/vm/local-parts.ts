const formats = new Map<string, Intl.DateTimeFormat>()
const formatsAtMost = 600

/**
 * The wall clock of a zone, as JSON of the parts that `Intl.DateTimeFormat` gives: the only thing that a guest asks its
 * host while it computes, because the engine has no data about zones. Throws for a zone that does not exist.
 */
export function writeLocalParts(timeZone: string, timeMs: number): string {
  return JSON.stringify(findFormat(timeZone).formatToParts(timeMs))
}

function findFormat(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  })
  if (formats.size < formatsAtMost) formats.set(timeZone, format)
  return format
}
