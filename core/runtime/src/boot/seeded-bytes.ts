import { createHash } from 'node:crypto'

/** Bytes that look random and are the same for the same seed. For ids of a sandbox; never for keys. */
export function createSeededBytes(seed: string): (count: number) => Uint8Array {
  let block = 0
  return (count) => {
    block += 1
    return createHash('sha256').update(`${seed}:${block}`).digest().subarray(0, count)
  }
}
