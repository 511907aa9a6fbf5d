import { addMs, minutes, seconds, type Instant } from '@inthread/sdk'

const pauses = [seconds(20), minutes(2), minutes(10)]

/** News comes once: a bank that does not answer is asked this often before it is told without its details. */
export const looksAtMost = pauses.length + 1

/** When the bank is asked again that has not answered so many times. */
export function nextLookAt(now: Instant, missed: number): Instant {
  return addMs(now, pauses[missed - 1] ?? minutes(10))
}
