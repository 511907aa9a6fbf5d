import { createHmac } from 'node:crypto'

export interface Ids {
  /** A random UUID (version 4), or the next one of the seeded row. */
  readonly uuid: () => string
}

/**
 * With a seed the row of ids repeats from one clean start to the next. `run` (how often this data folder was started)
 * goes in as well: without it a restart would hand out the ids of the first run again.
 */
export function createIds(randomBytes: (size: number) => Buffer, seeded?: { seed: string; run: number }): Ids {
  let count = 0
  const next = (): Buffer => {
    if (!seeded) return randomBytes(16)
    count += 1
    return createHmac('sha256', seeded.seed).update(`${seeded.run}|${count}`).digest().subarray(0, 16)
  }
  return { uuid: () => formatUuid(next()) }
}

function formatUuid(source: Buffer): string {
  const bytes = Buffer.from(source)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
