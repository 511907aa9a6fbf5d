import type { Manifest } from '../manifest-schema.ts'
import { compareVersions } from '../version.ts'
import { compareData } from './compare-data.ts'
import { compareFlows } from './compare-flows.ts'
import { compareRights } from './compare-rights.ts'
import {
  isSame,
  pairChanged,
  verdicts,
  type Difference,
  type OpenRuns,
  type Verdict,
  type Versions,
} from './difference.ts'

export interface Comparison {
  /** The strictest one of all differences. */
  readonly verdict: Verdict
  /** The strictest first. */
  readonly differences: readonly Difference[]
}

/**
 * What a new version means for those who have the old one: computed, so that neither author nor operator decides it.
 * With `openRuns` it also says which runs could not go on.
 */
export function compareManifests(
  before: Manifest,
  after: Manifest,
  options: { readonly openRuns?: readonly OpenRuns[] } = {},
): Comparison {
  const versions: Versions = { before, after, openRuns: options.openRuns }
  const differences = comparisons.flatMap((compare) => compare(versions))
  const sorted = differences.toSorted((left, right) => rank(right.verdict) - rank(left.verdict))
  return { verdict: sorted[0]?.verdict ?? 'silent', differences: sorted }
}

function rank(verdict: Verdict): number {
  return verdicts.indexOf(verdict)
}

const comparisons: readonly ((versions: Versions) => readonly Difference[])[] = [
  compareIdentity,
  compareRights,
  compareData,
  compareFlows,
  compareWords,
]

function compareIdentity({ before, after }: Versions): Difference[] {
  const found: Difference[] = []
  if (before.id !== after.id)
    found.push({ path: '$.id', verdict: 'refused', reason: `"${after.id}" is another plugin than "${before.id}"` })
  if (before.publisher !== after.publisher) {
    const reason = `the publisher changes from "${before.publisher}" to "${after.publisher}"`
    found.push({ path: '$.publisher', verdict: 'review', reason })
  }
  if (!isSame(before.provides, after.provides)) {
    const [from, to] = [before, after].map(({ provides }) => provides?.capability ?? 'nothing')
    found.push({ path: '$.provides', verdict: 'review', reason: `it provides ${to} instead of ${from}` })
  }
  const newer = compareVersions(after.version, before.version)
  if (newer < 0)
    found.push({ path: '$.version', verdict: 'refused', reason: `${after.version} is older than ${before.version}` })
  if (newer === 0 && !isSame(before, after)) {
    const reason = `something changed and the version is ${after.version} still: raise it`
    found.push({ path: '$.version', verdict: 'refused', reason })
  }
  if (before.host !== after.host)
    found.push({ path: '$.host', verdict: 'silent', reason: `it runs on ${after.host} instead of ${before.host}` })
  return found
}

/** What users and tenants see: nobody has to agree, but they are told of what is gone. */
function compareWords({ before, after }: Versions): Difference[] {
  const locales = before.locales
    .filter((locale) => !after.locales.includes(locale))
    .map((locale) => ({ path: '$.locales', verdict: 'consent' as const, reason: `it no longer speaks ${locale}` }))
  const texts = pairChanged(before.texts, after.texts).map(({ name, before: old, after: now }): Difference => {
    const path = `$.texts.${name}`
    if (!old) return { path, verdict: 'silent', reason: `the text "${name}" is new` }
    if (!now) return { path, verdict: 'notify', reason: `the text "${name}" is gone, and a tenant's wording of it` }
    const same = isSame([old.vars, old.keep], [now.vars, now.keep])
    if (same) return { path, verdict: 'silent', reason: `the text "${name}" is worded otherwise` }
    return { path, verdict: 'notify', reason: `the text "${name}" has other variables: check the tenant's wording` }
  })
  return [...locales, ...texts, ...compareIntents(before, after)]
}

function compareIntents(before: Manifest, after: Manifest): Difference[] {
  const [old, now] = [before, after].map(({ intents }) => Object.fromEntries(intents.map((each) => [each.name, each])))
  const intents = pairChanged(old ?? {}, now ?? {}).map(({ name, before: was, after: is }): Difference => {
    const path = `$.intents.${name}`
    if (!is) return { path, verdict: 'notify', reason: `the intent "${name}" is gone` }
    return { path, verdict: 'notify', reason: `the intent "${name}" ${was ? 'starts by other words' : 'is new'}` }
  })
  const menu: Difference = { path: '$.menu', verdict: 'notify', reason: 'the menu offers something else' }
  return isSame(before.menu, after.menu) ? intents : [...intents, menu]
}
