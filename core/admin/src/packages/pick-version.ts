import { maxSatisfying, rcompare } from 'semver'
import type { PackageHead } from './package.store.ts'

/** The newest version that may be installed and lies within a range; any newest without one. */
export function pickVersion(packages: readonly PackageHead[], id: string, range = '*'): string | undefined {
  const listed = packages.filter((each) => each.id === id && each.state === 'listed').map(({ version }) => version)
  if (range === '*') return listed.toSorted(rcompare)[0]
  return maxSatisfying(listed, range) ?? undefined
}
