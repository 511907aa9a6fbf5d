import { Fault } from '@inthread/sdk/fault'
import type { KeyHolder } from '../keys/key-holder.ts'
import { Refusal } from '../router/refusal.ts'
import type { Permission } from './permissions.ts'
import { sayRefusal as say } from '../saying/say-refusal.ts'

/**
 * What a session alone does not open: money, how far it goes, who may move it. Whoever is signed in shows their second
 * factor within five minutes before. Switches that stop something are thrown without; where one permission lets code in
 * and stops it, as with packages, the procedure asks.
 */
const grave: ReadonlySet<Permission> = new Set<Permission>([
  ...(['tenant.write', 'grant.write', 'book.write', 'break.write', 'proposal.decide'] as const),
  ...(['kill.lift', 'key.write', 'person.write'] as const),
])

export function isGrave(permission: Permission): boolean {
  return grave.has(permission)
}

/** Of a key, nothing is asked: it has no second factor, and machines keep it. */
export function assertFactor({ secondFactor }: Pick<KeyHolder, 'secondFactor'>): void {
  if (secondFactor === undefined || secondFactor === 'fresh') return
  if (secondFactor === 'missing')
    throw new Refusal({
      code: 'FORBIDDEN',
      said: say('factor.missing'),
      cause: new Fault('auth.second_factor_missing'),
    })
  throw new Refusal({
    code: 'FORBIDDEN',
    said: say('factor.stale'),
    cause: new Fault('auth.step_up_required'),
  })
}
