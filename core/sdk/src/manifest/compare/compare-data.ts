import type { Manifest } from '../manifest-schema.ts'
import { isSame, pairChanged, type Difference, type Named, type Verdict, type Versions } from './difference.ts'

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
    const reason = `the config goes back from version ${before.version} to ${after.version}, which cannot read it`
    return [{ path, verdict: 'refused', reason }]
  }
  if (after.version > before.version)
    return [{ path, verdict: 'notify', reason: `stored configs are brought to version ${after.version}` }]
  if (isSame(before.schema, after.schema)) return []
  const reason = 'the settings changed: stored configs are checked again'
  return [{ path, verdict: 'notify', reason }]
}

type Collection = Manifest['collections'][string]

function compareCollections(before: Manifest, after: Manifest): Difference[] {
  return pairChanged(before.collections, after.collections).flatMap(compareCollection)
}

function compareCollection({ name, before, after }: Named<Collection>): Difference[] {
  const tell = (verdict: Verdict, reason: string): Difference => ({ path: `$.collections.${name}`, verdict, reason })
  if (!after) return [tell('consent', `the collection "${name}" is gone: its documents are erased`)]
  if (!before)
    return [
      tell(
        after.dataClass === 'personal' ? 'consent' : 'silent',
        `the collection "${name}" is new (${after.dataClass})`,
      ),
    ]
  if (after.version < before.version)
    return [tell('refused', `"${name}" goes back from version ${before.version} to ${after.version}`)]
  const found: Difference[] = []
  if (before.dataClass !== after.dataClass)
    found.push(tell('refused', `documents of "${name}" cannot become ${after.dataClass}: use a new collection`))
  if (before.key !== after.key) found.push(tell('refused', `the key of "${name}" changes: use a new collection`))
  if (!isSame(before.schema, after.schema) && after.version === before.version)
    found.push(
      tell('refused', `documents of "${name}" look otherwise and its version is ${after.version} still: raise it`),
    )
  if (after.version > before.version)
    found.push(tell('silent', `documents of "${name}" become version ${after.version}`))
  if ((after.ttlMs ?? Infinity) > (before.ttlMs ?? Infinity))
    found.push(
      tell(after.dataClass === 'personal' ? 'consent' : 'silent', `documents of "${name}" are kept for longer`),
    )
  if (!isSame([before.indexes, before.counters], [after.indexes, after.counters]))
    found.push(tell('silent', `"${name}" is found by other fields`))
  return found
}
