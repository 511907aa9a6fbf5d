import { listLinked, openScope, readExtent, type AuditLine } from '@inthread/store'
import type { AdminPorts } from '../ports.ts'
import { Refusal } from '../router/refusal.ts'
import type { ReadNews } from './follow.ts'
import { sayRefusal as say } from '../saying/say-refusal.ts'

const atOnce = 200

/** Records behind a place in the chain; without one, those that are linked from now on. */
export function readAuditNews(
  { store }: Pick<AdminPorts, 'store'>,
  { tenant, lastEventId }: { readonly tenant: string; readonly lastEventId?: string | undefined },
): ReadNews<AuditLine> {
  const scope = openScope(tenant)
  let after = lastEventId === undefined ? undefined : openPlace(lastEventId)
  return async () => {
    const from = (after ??= await store.read('audit.head', async (reader) => {
      const { head } = await readExtent(reader, scope)
      return head?.seq ?? 0
    }))
    const lines = await store.read('audit.follow', (reader) =>
      listLinked(reader, scope, { after: from, limit: atOnce }),
    )
    after = lines.at(-1)?.seq ?? from
    return lines.map((line) => ({ id: String(line.seq), data: line }))
  }
}

function openPlace(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text)
  throw new Refusal({
    code: 'BAD_REQUEST',
    said: say('call.chain_place'),
  })
}
