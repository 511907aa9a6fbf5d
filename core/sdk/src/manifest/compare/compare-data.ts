import type { Said } from '../../fault/saying.ts'
import type { Manifest } from '../manifest-schema.ts'
import { isSame, pairChanged, type Difference, type Named, type Verdict, type Versions } from './difference.ts'
import { sayDifference as say } from './say-difference.ts'

/** What is stored: it must be readable afterwards, and nobody's data may become more public. */
export function compareData({ before, after }: Versions): Difference[] {
  return [...compareConfig(before.config, after.config), ...compareCollections(before, after)]
}

interface Stored {
  readonly schema: object
  readonly version: number
}

function compareConfig(before: Stored, after: Stored): Difference[] {
  const path = '$.config'
  if (after.version < before.version) {
    const reason = say('upgrade.config_back', { before: before.version, after: after.version })
    return [{ path, verdict: 'refused', reason }]
  }
  if (after.version > before.version)
    return [{ path, verdict: 'notify', reason: say('upgrade.config_raised', { version: after.version }) }]
  if (isSame(before.schema, after.schema)) return []
  return [{ path, verdict: 'notify', reason: say('upgrade.config_changed') }]
}

type Collection = Manifest['collections'][string]

function compareCollections(before: Manifest, after: Manifest): Difference[] {
  return pairChanged(before.collections, after.collections).flatMap(compareCollection)
}

function compareCollection({ name, before, after }: Named<Collection>): Difference[] {
  const tell = (verdict: Verdict, reason: Said): Difference => ({ path: `$.collections.${name}`, verdict, reason })
  if (!after) return [tell('consent', say('upgrade.collection_gone', { name }))]
  if (!before)
    return [
      tell(
        after.dataClass === 'personal' ? 'consent' : 'silent',
        say('upgrade.collection_new', { name, class: after.dataClass }),
      ),
    ]
  if (after.version < before.version)
    return [tell('refused', say('upgrade.collection_back', { name, before: before.version, after: after.version }))]
  const found: Difference[] = []
  if (before.dataClass !== after.dataClass)
    found.push(tell('refused', say('upgrade.collection_class', { name, class: after.dataClass })))
  if (before.key !== after.key) found.push(tell('refused', say('upgrade.collection_key', { name })))
  if (!isSame(before.schema, after.schema) && after.version === before.version)
    found.push(tell('refused', say('upgrade.collection_same_version', { name, version: after.version })))
  if (after.version > before.version)
    found.push(tell('silent', say('upgrade.collection_raised', { name, version: after.version })))
  if ((after.ttlMs ?? Infinity) > (before.ttlMs ?? Infinity))
    found.push(
      tell(after.dataClass === 'personal' ? 'consent' : 'silent', say('upgrade.collection_kept_longer', { name })),
    )
  if (!isSame([before.indexes, before.counters], [after.indexes, after.counters]))
    found.push(tell('silent', say('upgrade.collection_found', { name })))
  return found
}
