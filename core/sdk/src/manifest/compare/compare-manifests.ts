import type { Said } from '../../fault/saying.ts'
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
import { sayDifference as say } from './say-difference.ts'

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
    found.push({
      path: '$.id',
      verdict: 'refused',
      reason: say('upgrade.other_plugin', { after: after.id, before: before.id }),
    })
  if (before.publisher !== after.publisher) {
    const reason = say('upgrade.publisher', { before: before.publisher, after: after.publisher })
    found.push({ path: '$.publisher', verdict: 'review', reason })
  }
  if (!isSame(before.provides, after.provides)) {
    found.push({ path: '$.provides', verdict: 'review', reason: sayProvides(before, after) })
  }
  const newer = compareVersions(after.version, before.version)
  if (newer < 0)
    found.push({
      ...{ path: '$.version', verdict: 'refused' },
      reason: say('upgrade.older', { after: after.version, before: before.version }),
    })
  if (newer === 0 && !isSame(before, after)) {
    const reason = say('upgrade.same_version', { version: after.version })
    found.push({ path: '$.version', verdict: 'refused', reason })
  }
  if (before.host !== after.host)
    found.push({
      ...{ path: '$.host', verdict: 'silent' },
      reason: say('upgrade.host', { after: after.host, before: before.host }),
    })
  return found
}

function sayProvides(...versions: readonly [before: Manifest, after: Manifest]): Said {
  const [before, after] = versions.map(({ provides }) => provides?.capability)
  if (before === undefined) return say('upgrade.provides_new', { after: after ?? '' })
  return after === undefined ? say('upgrade.provides_gone', { before }) : say('upgrade.provides', { after, before })
}

/** What users and tenants see: nobody has to agree, but they are told of what is gone. */
function compareWords({ before, after }: Versions): Difference[] {
  const locales = before.locales
    .filter((locale) => !after.locales.includes(locale))
    .map((locale) => ({
      path: '$.locales',
      verdict: 'consent' as const,
      reason: say('upgrade.locale_gone', { locale }),
    }))
  const texts = pairChanged(before.texts, after.texts).map(({ name, before: old, after: now }): Difference => {
    const path = `$.texts.${name}`
    if (!old) return { path, verdict: 'silent', reason: say('upgrade.text_new', { name }) }
    if (!now) return { path, verdict: 'notify', reason: say('upgrade.text_gone', { name }) }
    const same = isSame([old.vars, old.keep], [now.vars, now.keep])
    if (same) return { path, verdict: 'silent', reason: say('upgrade.text_worded', { name }) }
    return { path, verdict: 'notify', reason: say('upgrade.text_vars', { name }) }
  })
  return [...locales, ...texts, ...compareIntents(before, after)]
}

function compareIntents(before: Manifest, after: Manifest): Difference[] {
  const [old, now] = [before, after].map(({ intents }) => Object.fromEntries(intents.map((each) => [each.name, each])))
  const intents = pairChanged(old ?? {}, now ?? {}).map(({ name, before: was, after: is }): Difference => {
    const path = `$.intents.${name}`
    if (!is) return { path, verdict: 'notify', reason: say('upgrade.intent_gone', { name }) }
    return { path, verdict: 'notify', reason: say(was ? 'upgrade.intent_words' : 'upgrade.intent_new', { name }) }
  })
  const menu: Difference = { path: '$.menu', verdict: 'notify', reason: say('upgrade.menu') }
  return isSame(before.menu, after.menu) ? intents : [...intents, menu]
}
