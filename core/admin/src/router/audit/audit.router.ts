import { z } from 'zod'
import { isFault } from '@inthread/sdk/fault'
import {
  listAudit,
  openScope,
  readExtent,
  verifyNext,
  verifyStart,
  type Sealer,
  type TenantScope,
  type VerifyPlace,
} from '@inthread/store'
import { compareAnchors } from './compare-anchors.ts'
import type { AdminPorts } from '../../ports.ts'
import { pageInput, pageOutput, readPage } from '../paging.ts'
import { follow } from '../../live/follow.ts'
import { readAuditNews } from '../../live/read-audit-news.ts'
import { procedure, router, stream } from '../procedure.ts'
import { Refusal } from '../refusal.ts'
import { sayRefusal as say } from '../../saying/say-refusal.ts'

const line = z.object({
  id: z.string(),
  at: z.number(),
  actor: z.object({ kind: z.string(), id: z.string() }),
  action: z.string(),
  object: z.object({ kind: z.string(), id: z.string() }),
  /** JSON. */
  data: z.string(),
  /** Its place in the chain; null until it is linked. */
  seq: z.number().nullable(),
})

const instant = z.number().int().min(0)
const word = z.string().max(190).optional()
const listInput = z.strictObject({
  /** `*` for what concerns the platform itself. */
  tenant: z.string().max(60),
  /** The actor's id. */
  actor: word,
  action: word,
  kind: word,
  object: word,
  /** Written at this instant or later. */
  from: instant.optional(),
  /** Written before this instant. */
  until: instant.optional(),
  ...pageInput,
})

const finding = z.object({
  kind: z.enum(['changed', 'deleted', 'inserted', 'reordered', 'truncated', 'rewritten']),
  seq: z.number(),
  until: z.number(),
  record: z.string().nullable(),
  from: z.number().nullable(),
})

const summary = z.object({
  /** The newest link. */
  head: z.object({ seq: z.number(), hash: z.string() }).nullable(),
  /** Records that wait for their link: nothing is said about them. */
  tail: z.number(),
  /** Signed heads: without any, a chain that lost its end looks whole. */
  anchors: z.object({ checked: z.number(), forged: z.number(), foreign: z.number(), unreadable: z.number() }),
})

const verifyOutput = z.object({
  checked: z.number(),
  findings: z.array(finding),
  /** The cursor to go on with; null at the end. */
  next: z.string().nullable(),
  /** At the end. */
  summary: summary.nullable(),
})

/** Who did what, and whether the records of it are as they were written. */
export const auditRouter = router({
  /** The newest first. */
  list: procedure('audit.read')
    .input(listInput)
    .output(pageOutput(line))
    .query(({ ctx: { ports }, input }) =>
      readPage(
        { list: 'audit', input, sealer: ports.sealer },
        {
          read: (part) =>
            ports.store.read('audit.list', (reader) =>
              listAudit(reader, openScope(input.tenant), { ...input, ...part }),
            ),
          placeOf: ({ at, id }) => ({ at, id }),
        },
      ),
    ),

  /** Records as they are linked, within a second or two of what they tell; their place in the chain is their id. */
  follow: stream('audit.read')
    .input(z.strictObject({ tenant: z.string().max(60), lastEventId: z.string().max(60).optional() }))
    .subscription(({ ctx, input, signal }) =>
      follow<z.infer<typeof line>>({ ctx, signal }, readAuditNews(ctx.ports, input)),
    ),

  /** Looks at the next two thousand records: asked again with `next` until that is null. */
  verify: procedure('audit.read')
    .input(z.strictObject({ tenant: z.string().max(60), cursor: z.string().max(6000).optional() }))
    .output(verifyOutput)
    .query(async ({ ctx: { ports }, input: { tenant, cursor } }) => {
      const scope = openScope(tenant)
      const place = cursor === undefined ? verifyStart : openPlace(ports.sealer, tenant, cursor)
      const { checked, findings, next } = await verifyNext(ports.store, scope, place)
      const end = next ? undefined : await readEnd(ports, scope)
      return {
        checked,
        findings: [...findings, ...(end?.findings ?? [])].map(({ record = null, from = null, ...found }) => ({
          ...{ ...found, record, from },
        })),
        next: next ? ports.sealer.seal(placeOfCursor(tenant), JSON.stringify(next)) : null,
        summary: end?.summary ?? null,
      }
    }),
})

async function readEnd({ store, anchors: reader }: AdminPorts, scope: TenantScope) {
  const { anchors, ...counts } = await reader.read(scope.tenantId)
  const { head, tail } = await store.read('audit.extent', (from) => readExtent(from, scope))
  return {
    findings: await compareAnchors(store, scope, { anchors, head: head?.seq ?? 0 }),
    summary: { head: head ?? null, tail, anchors: { checked: anchors.length, ...counts } },
  }
}

const placeOfCursor = (tenant: string) => ({ tenant, table: 'cursor', column: 'audit.verify', row: '' })

/** Sealed by us, so it is what we wrote. */
function openPlace(sealer: Sealer, tenant: string, cursor: string): VerifyPlace {
  try {
    return JSON.parse(sealer.open(placeOfCursor(tenant), cursor)) as VerifyPlace
  } catch (error) {
    if (!isFault(error)) throw error
    throw new Refusal({
      code: 'BAD_REQUEST',
      said: say('call.chain_cursor'),
      cause: error,
    })
  }
}
