import { createHash, randomBytes } from 'node:crypto'
import { appendAudit, openScope, type Actor, type AuditRecord } from '@inthread/store'
import { isoOf, type Entrance } from './entrance.ts'
import { endRenewals, findInvitation, saveInvitation, type Invitation } from './tables/people.store.ts'

export interface Invited {
  readonly id: string
  /** Opens once; it is told this once, and only its digest is kept. */
  readonly link: string
  readonly expiresAt: string
}

export interface NewLink {
  readonly email: string
  /** A tenant, or `*` for the platform itself. */
  readonly place: string
  readonly role: string
  readonly days: number
  readonly by: Actor
  /** The person whose password it renews. */
  readonly renews: string | null
  /** Of the link, where it names nothing else. */
  readonly record: Pick<AuditRecord, 'action' | 'data'> & Partial<Pick<AuditRecord, 'object'>>
}

/** There is no mail server: whoever makes a link hands it over themselves. */
export async function makeLink(
  { store, ids, clock, vault, publicUrl, nowMs }: Entrance,
  { email, place, role, days, by, renews, record }: NewLink,
): Promise<Invited> {
  const secret = randomBytes(32).toString('base64url')
  const id = digestOf(secret)
  const now = nowMs()
  const dated = { createdAt: isoOf(now), expiresAt: isoOf(now + days * 86_400_000) }
  await store.write('auth.invite', async (tx) => {
    // The newest counts: whoever has an older one has it from a time when the account was another.
    if (renews !== null) await endRenewals(tx, email, vault)
    await saveInvitation(tx, { id, place, email, role, renews, invitedBy: by.id, ...dated }, vault)
    const object = { kind: 'invitation', id: id.slice(0, 16) }
    await appendAudit(tx, [{ object, ...record, scope: openScope(place), actor: by }], { ids, now: clock.now() })
  })
  // Behind the #, where no server's log and no referrer sees it.
  return { id, link: `${publicUrl}/console/#invitation=${secret}`, expiresAt: dated.expiresAt }
}

/** Undefined for a link that was used or withdrawn, or whose time is over. */
export async function findLink({ store, vault, nowMs }: Entrance, token: string): Promise<Invitation | undefined> {
  const found = await store.read('auth.invitation', (reader) => findInvitation(reader, digestOf(token), vault))
  return found?.status === 'pending' && found.expiresAt > isoOf(nowMs()) ? found : undefined
}

function digestOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
