import type { Bank } from '../app/bank.ts'
import { findDeed } from '../deeds/deeds.store.ts'
import { Problem } from '../transport/problem.ts'
import { consents, type ConsentFacts } from './consent-deed.ts'

interface Wanted {
  readonly clientId: string
  readonly linkId: string
  readonly purposes: readonly string[]
}

/** Throws when one of the purposes is not among what this link's customer has granted by these ids. */
export function assertConsents(bank: Bank, ids: readonly string[], wanted: Wanted): void {
  const granted = ids.flatMap((id) => findGranted(bank, wanted, id))
  const missing = wanted.purposes.filter((purpose) => !granted.includes(purpose))
  if (missing.length === 0) return
  throw new Problem(
    'consent_missing',
    `The customer has not agreed to: ${missing.join(', ')}. POST /v1/consents first.`,
  )
}

function findGranted(bank: Bank, { clientId, linkId }: Wanted, id: string): string[] {
  const deed = findDeed(bank, { clientId, kind: consents.thing, id })
  if (deed?.linkId !== linkId || deed.state !== 'granted') return []
  return [(deed.facts as ConsentFacts).purpose]
}
