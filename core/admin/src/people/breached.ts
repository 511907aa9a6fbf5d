import { createHash } from 'node:crypto'
import { dictionary } from '@zxcvbn-ts/language-common'

/** What is asked of a list of passwords that became known; undefined when it gave no answer. */
export type ReadRange = (prefix: string) => Promise<string | undefined>

let known: ReadonlySet<string> | undefined

/**
 * Whether a password is one of those that everybody tries first: as it is, or with figures and signs around it.
 * The list comes with the platform and needs no network.
 */
export function isCommon(password: string): boolean {
  known ??= new Set(dictionary['passwords-common'])
  const plain = password.toLowerCase()
  const bare = plain.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
  return known.has(plain) || (bare.length > 2 && known.has(bare))
}

/**
 * Whether a list elsewhere has it. That list hears the first five of forty digits of its SHA-1, which it shares with
 * hundreds of others; the password stays here. A list that does not answer refuses nothing.
 */
export async function isKnownElsewhere(password: string, read: ReadRange): Promise<boolean> {
  const digest = createHash('sha1').update(password).digest('hex').toUpperCase()
  const range = await read(digest.slice(0, 5))
  if (range === undefined) return false
  return range.split(/\r?\n/).some((line) => {
    const [suffix, count] = line.trim().split(':')
    // Lines that only fill the answer up are counted nought.
    return suffix?.toUpperCase() === digest.slice(5) && count !== '0'
  })
}
