import { defineSentences, type Said } from '@inthread/sdk/fault'

const shownAtMost = 30
const wordsAtMost = 60

const say = defineSentences({
  'change.added': '{field}: added {after}',
  'change.removed': '{field}: removed, was {before}',
  'change.other': '{field}: from {before} to {after}',
  'change.more': 'and {n} more',
})

/** One field of which something else is said. */
export type Difference = Said

/** What changes from what to what, one line a field. Secrets are taken out by whoever asks. */
export function listDifferences(before: unknown, after: unknown): Difference[] {
  const lines = compare(before, after, '')
  const more = lines.length - shownAtMost
  return more > 0 ? [...lines.slice(0, shownAtMost), say('change.more', { n: more })] : lines
}

function compare(before: unknown, after: unknown, path: string): Difference[] {
  const [old, now] = [membersOf(before), membersOf(after)]
  if (old && now && Array.isArray(before) === Array.isArray(after))
    return [...new Set([...old.keys(), ...now.keys()])].flatMap((name) =>
      compare(old.get(name), now.get(name), path === '' ? name : `${path}.${name}`),
    )
  if (tell(before, Infinity) === tell(after, Infinity)) return []
  const [was, is] = [tell(before, wordsAtMost), tell(after, wordsAtMost)]
  if (before === undefined) return [say('change.added', { field: path, after: is })]
  if (after === undefined) return [say('change.removed', { field: path, before: was })]
  return [say('change.other', { field: path, before: was, after: is })]
}

function membersOf(value: unknown): ReadonlyMap<string, unknown> | undefined {
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)) : undefined
}

/** A picture or a long text is told by its beginning and its length. */
function tell(value: unknown, length: number): string {
  const text = [...(JSON.stringify(value) ?? '-')]
  return text.length <= length ? text.join('') : `${text.slice(0, length).join('')}… (${text.length})`
}
