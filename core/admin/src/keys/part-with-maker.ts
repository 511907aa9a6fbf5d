import { appendAudit, makerNameOf, openScope, type Actor, type Transaction } from '@inthread/store'
import { listAllowed } from '../access/access.ts'
import type { AdminPorts } from '../ports.ts'
import { endKeys, keepKeys, listKeysOf, type MakerKey } from './maker-keys.store.ts'

/** Somebody may no longer make keys, or none that allow so much. */
export interface Parting {
  readonly person: string
  /** What they are from now on; undefined when they are gone. */
  readonly role: string | undefined
  /** Keys that go on nevertheless, by name or id; undefined when nobody has said. */
  readonly keep: readonly string[] | undefined
  readonly actor: Actor
}

export type Parted =
  | { readonly kind: 'done'; readonly ended: readonly string[]; readonly kept: readonly string[] }
  /** Nobody has said what becomes of these. */
  | { readonly kind: 'undecided'; readonly keys: readonly MakerKey[] }
  | { readonly kind: 'unknown'; readonly name: string }

const platform = openScope('*')

/**
 * Keys end with the right to make them: whoever has made one may have it still. A machine that works with one goes on
 * only where somebody who stays says so, which is on record.
 */
export async function partWithMaker(
  tx: Transaction,
  { person, role, keep, actor }: Parting,
  { ids, clock }: Pick<AdminPorts, 'ids' | 'clock'>,
): Promise<Parted> {
  const now = clock.now()
  const keys = (await listKeysOf(tx, person, now)).filter((key) => isBeyond(key.role, role))
  if (keys.length > 0 && keep === undefined) return { kind: 'undecided', keys }
  const strange = keep?.find((wanted) => !keys.some((key) => isNamed(key, wanted)))
  if (strange !== undefined) return { kind: 'unknown', name: strange }
  const isKept = (key: MakerKey): boolean => keep?.some((wanted) => isNamed(key, wanted)) ?? false
  const [kept, ended] = [keys.filter(isKept), keys.filter((key) => !isKept(key))]
  await endKeys(tx, ended, now)
  await keepKeys(tx, kept, makerNameOf(actor))
  const record = (action: string) => (key: MakerKey) => {
    const object = { kind: 'key', id: key.id }
    return { scope: platform, actor, action, object, data: { person, why: role === undefined ? 'removed' : 'moved' } }
  }
  const records = [...ended.map(record('key.revoked')), ...kept.map(record('key.kept'))]
  if (records.length > 0) await appendAudit(tx, records, { ids, now })
  return { kind: 'done', ended: ended.map(({ name }) => name), kept: kept.map(({ name }) => name) }
}

const isNamed = ({ id, name }: MakerKey, wanted: string): boolean => [id, name].includes(wanted)

/** Whether a key allows anything that its maker may not do from now on. */
function isBeyond(key: string, maker: string | undefined): boolean {
  if (maker === undefined) return true
  const own = listAllowed({ role: maker })
  return listAllowed({ role: key }).some((permission) => !own.includes(permission))
}
