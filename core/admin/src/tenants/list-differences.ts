const shownAtMost = 30
const wordsAtMost = 60

/** What changes from what to what, one line a field. Secrets are taken out by whoever asks. */
export function listDifferences(before: unknown, after: unknown): string[] {
  const lines = compare(before, after, '')
  const more = lines.length - shownAtMost
  return more > 0 ? [...lines.slice(0, shownAtMost), `and ${more} more`] : lines
}

function compare(before: unknown, after: unknown, path: string): string[] {
  const [old, now] = [membersOf(before), membersOf(after)]
  if (old && now && Array.isArray(before) === Array.isArray(after))
    return [...new Set([...old.keys(), ...now.keys()])].flatMap((name) =>
      compare(old.get(name), now.get(name), path === '' ? name : `${path}.${name}`),
    )
  if (tell(before, Infinity) === tell(after, Infinity)) return []
  if (before === undefined) return [`${path}: added ${tell(after, wordsAtMost)}`]
  if (after === undefined) return [`${path}: removed, was ${tell(before, wordsAtMost)}`]
  return [`${path}: from ${tell(before, wordsAtMost)} to ${tell(after, wordsAtMost)}`]
}

function membersOf(value: unknown): ReadonlyMap<string, unknown> | undefined {
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)) : undefined
}

/** A picture or a long text is told by its beginning and its length. */
function tell(value: unknown, length: number): string {
  const text = [...(JSON.stringify(value) ?? 'nothing')]
  return text.length <= length ? text.join('') : `${text.slice(0, length).join('')}… (${text.length} characters)`
}
