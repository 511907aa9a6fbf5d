import { listChainHashes, type ChainFinding, type Store, type TenantScope } from '@inthread/store'
import type { Anchor } from '../../ports.ts'

/** Links looked up in one statement. */
const atOnce = 500

/**
 * What the signed heads say about a chain: one that is shorter than it was has lost its end, and one that has another
 * hash at a place was written anew before it. Only the first of each is told: all behind it follow from that.
 */
export async function compareAnchors(
  store: Store,
  scope: TenantScope,
  { anchors, head }: { readonly anchors: readonly Anchor[]; readonly head: number },
): Promise<readonly ChainFinding[]> {
  const sorted = anchors.toSorted((left, right) => left.seq - right.seq)
  const last = sorted.at(-1)?.seq ?? 0
  const truncated: ChainFinding[] = last > head ? [{ kind: 'truncated', seq: head + 1, until: last }] : []
  const within = sorted.filter(({ seq }) => seq <= head)
  return [...(await findRewritten(store, scope, within)), ...truncated]
}

async function findRewritten(
  store: Store,
  scope: TenantScope,
  anchors: readonly Anchor[],
): Promise<readonly ChainFinding[]> {
  let good = 0
  for (let start = 0; start < anchors.length; start += atOnce) {
    const part = anchors.slice(start, start + atOnce)
    const places = part.map(({ seq }) => seq)
    const hashes = await store.read('audit.anchors', (reader) => listChainHashes(reader, scope, places))
    for (const { seq, hash } of part) {
      const found = hashes.get(seq)
      if (found !== undefined && found !== hash) return [{ kind: 'rewritten', seq: good + 1, until: seq }]
      good = seq
    }
  }
  return []
}
