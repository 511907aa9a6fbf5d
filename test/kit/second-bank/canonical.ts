import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/** RFC 8785 for what this bank takes: texts, whole numbers, lists and objects. */
export function writeCanonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(writeCanonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const names = Object.keys(value).sort()
  return `{${names.map((name) => `${JSON.stringify(name)}:${writeCanonical(Reflect.get(value, name))}`).join(',')}}`
}

export function hashHex(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex')
}

export function digestField(bytes: Uint8Array): string {
  return `sha-256=:${createHash('sha256').update(bytes).digest('base64')}:`
}

const cursorKey = 'second bank, cursors'

/** A place in somebody's list. */
export function writeCursor(owner: string, place: number): string {
  const text = Buffer.from(JSON.stringify([owner, place])).toString('base64url')
  return `${text}.${createHmac('sha256', cursorKey).update(text).digest('hex')}`
}

/** undefined for one that this bank did not write for this owner. */
export function findPlace(owner: string, cursor: string): number | undefined {
  const [text = '', mark = ''] = cursor.split('.')
  const right = createHmac('sha256', cursorKey).update(text).digest('hex')
  if (mark.length !== right.length || !timingSafeEqual(Buffer.from(mark), Buffer.from(right))) return undefined
  const [of, place] = JSON.parse(Buffer.from(text, 'base64url').toString()) as [string, number]
  return of === owner ? place : undefined
}
