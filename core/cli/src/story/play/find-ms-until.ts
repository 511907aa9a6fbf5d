/**
 * Milliseconds from now to a moment, negative when it is over, or to the next time that clocks in the zone show a time
 * of day like `09:00`.
 */
export function findMsUntil(moment: string, now: Date, timeZone: string): number {
  if (!/^\d\d:\d\d$/.test(moment)) return Date.parse(moment) - now.getTime()
  const [hours = 0, minutes = 0] = moment.split(':').map(Number)
  const wantedMs = (hours * 60 + minutes) * 60_000
  const aheadMs = (wantedMs - timeOfDayMs(now, timeZone) + dayMs) % dayMs
  // Clocks may be put forward or back on the way: what is then off is made up for.
  const arrival = new Date(now.getTime() + aheadMs)
  const offMs = wantedMs - timeOfDayMs(arrival, timeZone)
  return aheadMs + (Math.abs(offMs) > dayMs / 2 ? offMs - Math.sign(offMs) * dayMs : offMs)
}

const dayMs = 86_400_000

function timeOfDayMs(at: Date, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
  }).formatToParts(at)
  const read = (type: string): number => Number(parts.find((part) => part.type === type)?.value ?? 0)
  return ((read('hour') * 60 + read('minute')) * 60 + read('second')) * 1000 + read('fractionalSecond')
}
