import { createHash } from 'node:crypto'
import { z } from 'zod'
import { isFault } from '@inthread/sdk/fault'
import { canonicalJson } from '@inthread/sdk/json'
import type { ListPart, ListPlace, Sealer } from '@inthread/store'
import { Refusal } from './refusal.ts'
import { sayRefusal as say } from '../saying/say-refusal.ts'

/** What every list takes besides its own filters. */
export const pageInput = {
  /** `next` of the page before; the first page without it. */
  cursor: z.string().max(500).optional(),
  limit: z.number().int().min(1).max(200).default(50),
}

/** What every list gives: `next` is null after the last page. */
export function pageOutput<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), next: z.string().nullable() })
}

export interface PageInput {
  readonly tenant?: string | undefined
  readonly cursor?: string | undefined
  readonly limit: number
}

/** Which list is read, by whom it is asked for what. */
export interface PageRequest {
  readonly list: string
  readonly input: PageInput
  readonly sealer: Sealer
}

export interface PageSource<Row> {
  readonly read: (part: ListPart) => Promise<readonly Row[]>
  readonly placeOf: (row: Row) => ListPlace
}

/** One page, and the cursor of the one behind it. */
export async function readPage<Row>(
  request: PageRequest,
  { read, placeOf }: PageSource<Row>,
): Promise<{ readonly items: Row[]; readonly next: string | null }> {
  const { limit } = request.input
  const rows = await read({ after: openCursor(request), limit: limit + 1 })
  const items = rows.slice(0, limit)
  const last = rows.length > limit ? items.at(-1) : undefined
  return { items, next: last ? sealCursor(request, placeOf(last)) : null }
}

const placeSchema = z.tuple([z.number().int().min(0), z.string().max(200)])

/** Sealed for this list of this tenant under these filters: one of another list, or a made up one, does not open. */
function sealCursor(request: PageRequest, { at, id }: ListPlace): string {
  return request.sealer.seal(placeOfCursor(request), JSON.stringify([at, id]))
}

function openCursor(request: PageRequest): ListPlace | undefined {
  const { cursor } = request.input
  if (cursor === undefined) return undefined
  try {
    const [at, id] = placeSchema.parse(JSON.parse(request.sealer.open(placeOfCursor(request), cursor)))
    return { at, id }
  } catch (error) {
    if (!isFault(error)) throw error
    throw new Refusal({
      code: 'BAD_REQUEST',
      said: say('call.cursor'),
      cause: error,
    })
  }
}

function placeOfCursor({ list, input }: PageRequest) {
  const { tenant = '', cursor: _, limit: __, ...filters } = input
  const named = Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined))
  const row = createHash('sha256').update(canonicalJson(named)).digest('hex')
  return { tenant, table: 'cursor', column: list, row }
}
