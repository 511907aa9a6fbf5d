/** What a driver's error means for the transaction it happened in. */
export type Trouble = 'busy' | 'lost' | 'duplicate' | 'refused' | 'other'

const busyErrno: ReadonlySet<number> = new Set([
  1205, // lock wait timeout
  1213, // deadlock
  1020, // record has changed since last read
])
const lostErrno: ReadonlySet<number> = new Set([1053, 1077, 1152, 1158, 1159, 1160, 1161, 1184, 1927, 2006, 2013, 4031])
const lostCodes: ReadonlySet<string> = new Set([
  'PROTOCOL_CONNECTION_LOST',
  'ECONNRESET',
  'EPIPE',
  'ECONNREFUSED',
  'ETIMEDOUT',
  'ER_CON_COUNT_ERROR',
  'PROTOCOL_ENQUEUE_AFTER_FATAL_ERROR',
  'PROTOCOL_ENQUEUE_AFTER_QUIT',
])

/** SQLite's primary result codes: 5 busy, 6 locked; extended codes carry them in the low byte. */
export function readTrouble(error: unknown): Trouble {
  if (typeof error !== 'object' || error === null) return 'other'
  if ('errcode' in error && typeof error.errcode === 'number') {
    const primary = error.errcode & 0xff
    if (primary === 5 || primary === 6) return 'busy'
    return error.errcode === 2067 || error.errcode === 1555 ? 'duplicate' : 'refused'
  }
  const errno = 'errno' in error && typeof error.errno === 'number' ? error.errno : 0
  if (busyErrno.has(errno)) return 'busy'
  if (errno === 1062) return 'duplicate'
  if (lostErrno.has(errno)) return 'lost'
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (lostCodes.has(code) || ('fatal' in error && error.fatal === true)) return 'lost'
  return errno === 0 ? 'other' : 'refused'
}
