import type { Sealer, Store } from '@inthread/store'
import { readHouse, readNumbers, type Row } from './house-rows.store.ts'

/** How far a bank's list of notices was read is a matter of when somebody last looked. */
const notLookedAt = 'feed'

/** What a house remembers of each person, and of nobody in particular, as lines that can be compared. */
export type Description = ReadonlyMap<string, readonly string[]>

export async function describeHouse(store: Store, sealer: Sealer): Promise<Description> {
  const house = await readHouse(store, sealer)
  const ownerOf = openOwners(house, await readNumbers(store, sealer))
  const lines = new Map<string, string[]>()
  for (const [table, rows] of house) {
    if (table === notLookedAt) continue
    for (const row of rows) {
      const own = lines.get(ownerOf(row)) ?? []
      own.push(`${table} ${writeRow(table, row)}`)
      lines.set(ownerOf(row), own)
    }
  }
  return new Map([...lines].map(([owner, own]) => [owner, nameInOrder(own)]))
}

/** The first few lines that only one of the two has. */
export function listDifferences(one: Description, other: Description): readonly string[] {
  const owners = [...new Set([...one.keys(), ...other.keys()])].toSorted()
  return owners
    .flatMap((owner) => {
      const [mine, theirs] = [one, other].map((each) => new Set(each.get(owner)))
      const differing = mine && theirs ? [...mine.symmetricDifference(theirs)] : []
      return differing.map((line) => `${owner} ${mine?.has(line) ? 'first' : 'second'}: ${line}`)
    })
    .slice(0, 6)
}

/** A row leads to a person through its conversation, run, order or message; some lead to nobody. */
function openOwners(
  house: ReadonlyMap<string, readonly Row[]>,
  numbers: ReadonlyMap<unknown, string>,
): (row: Row) => string {
  const owners = new Map(numbers)
  const links = ['subscriber_id', 'owner', 'conversation_id', 'run_id', 'order_id', 'message_ref']
  const ownerOf = (row: Row): string => links.flatMap((link) => owners.get(row[link]) ?? [])[0] ?? 'nobody'
  for (const table of ['conversation', 'run', 'bank_order', 'outbox'])
    for (const row of house.get(table) ?? []) owners.set(row['id'], ownerOf(row))
  return ownerOf
}

/** Whose process did the work, and at what moment of database time, may differ between houses. */
const ofTheWork = ['lease_owner', 'lease_until', 'last_owner', 'not_before']
/** So may the moment at which a bank's notice arrives: nobody waits for it. */
const ofTheBank = ['received_at']

function writeRow(table: string, row: Row): string {
  const different = table === 'notice' ? [...ofTheWork, ...ofTheBank] : ofTheWork
  const left = Object.entries(row).filter(([column]) => !different.includes(column))
  return JSON.stringify(Object.fromEntries(left), (_key, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  )
}

/**
 * Names made of chance: ids of ours and of the bank, digests, the numbers of orders, the seals of buttons, the word
 * that makes each payment another one, the blind index of a document.
 */
const madeOfChance = new RegExp(
  [
    // First, since a seal may begin like the number of an order.
    String.raw`(?<=~\w+\.)[\w-]{22}`,
    String.raw`[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}`,
    String.raw`\b[0-9a-f]{64}\b`,
    String.raw`\b[a-z]{3}_[0-9a-z]{20,}\b`,
    String.raw`\b[0-9A-HJKMNP-TV-Z]{10}\b`,
    String.raw`(?<="nonce":")[0-9a-f]{12}`,
    String.raw`(?<="key":")[\w-]{43}(?=")`,
  ].join('|'),
  'g',
)

/**
 * Numbers the names as they come up in an order of the lines that no name has a part in; lines that differ in nothing
 * but names come last. So what is compared is who refers to whom, and not by which name.
 */
function nameInOrder(lines: readonly string[]): readonly string[] {
  const numbers = new Map<string, string>()
  const numberOf = (name: string): string => {
    const number = numbers.get(name) ?? `#${numbers.size + 1}`
    numbers.set(name, number)
    return number
  }
  const findNumber = (name: string): string => numbers.get(name) ?? '#'
  const alike = Map.groupBy(lines.toSorted(), (line) => line.replace(madeOfChance, '#'))
  const groups = [...alike].toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([, group]) => group)
  const single = groups.filter((group) => group.length === 1).flat()
  const named = single.map((line) => line.replace(madeOfChance, numberOf))
  const several = groups
    .filter((group) => group.length > 1)
    .flat()
    .map((line) => ({ line, known: line.replace(madeOfChance, findNumber) }))
    .toSorted((left, right) => (left.known < right.known ? -1 : Number(left.known > right.known)))
  return [...named, ...several.map(({ line }) => line.replace(madeOfChance, numberOf))]
}
