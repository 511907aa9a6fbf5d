import type { Instant } from '@inthread/sdk/time'
import type { Reader, TenantScope } from '@inthread/store'
import { sqlOf } from '@inthread/store/sql'
import type { FinanceTables, GrantRow } from '../schema/tables.ts'
import { readPlace, type GrantPlace } from './grant-place.ts'
import { findGrants, listGrantRows } from './grant.store.ts'
import type { GrantText } from './grant-terms.ts'
import { dayOf } from './list-windows.ts'

/** A grant as operators see it, with what has been used of it today. */
export interface GrantView {
  readonly grant: GrantPlace
  readonly state: GrantRow['state']
  readonly terms: GrantText
  readonly version: number
  readonly updatedAt: Instant
  readonly usedToday: readonly { readonly value: string; readonly currency: string }[]
}

export async function listGrants(
  reader: Reader,
  scope: TenantScope,
  { now, timeZone }: { readonly now: Instant; readonly timeZone: string },
): Promise<readonly GrantView[]> {
  const rows = await listGrantRows(reader, scope)
  const today = `day/${dayOf(now, timeZone)}/`
  const used = await sqlOf<FinanceTables>(reader)
    .selectFrom('grant_use')
    .select(['place', 'span', 'used_minor'])
    .where('tenant_id', '=', scope.tenantId)
    .where('span', 'like', `${today}%`)
    .execute()
  return rows.map((row) => ({
    grant: readPlace(row.place),
    state: row.state,
    terms: JSON.parse(row.terms) as GrantText,
    version: row.version,
    updatedAt: row.updated_at,
    usedToday: used
      .filter(({ place }) => place === row.place)
      .map(({ span, used_minor: minor }) => ({ value: minor.toString(), currency: span.slice(today.length) })),
  }))
}

/** Which of these places have no grant: nobody has ever decided about it, or it was taken back. */
export async function findUngranted(
  reader: Reader,
  scope: TenantScope,
  places: readonly string[],
): Promise<readonly string[]> {
  if (places.length === 0) return []
  const rows = await findGrants(reader, scope, places)
  const known = new Set(rows.filter(({ state }) => state !== 'revoked').map(({ place }) => place))
  return places.filter((place) => !known.has(place))
}

/** Whether anything was ever granted to this tenant. */
export async function hasGrants(reader: Reader, scope: TenantScope): Promise<boolean> {
  return (await listGrantRows(reader, scope)).length > 0
}
