import { compareManifests, parseManifest, restorePlugin, writeManifest } from '@inthread/sdk/manifest'
import * as capabilities from '@inthread/sdk/capabilities'
import type { CapabilityDeclaration } from '@inthread/sdk/engine'
import { inspectBundle } from './inspect-bundle.ts'
import { openPluginFolder } from './plugin-folder.ts'
import { playStories, type StoriesPlayed } from './play-stories.ts'
import { buildPackage, listProblems, type BuiltPackage } from './build-package.ts'

/** One thing that every plugin has to pass before it is listed. */
export interface Finding {
  readonly check: string
  /** What is wrong, each with its remedy; nothing when it passed. */
  readonly problems: readonly string[]
}

/** The contract suite: what a plugin is, and how its stories go. */
export async function checkPackage(path: string): Promise<readonly Finding[]> {
  const built = await buildPackage(path)
  const again = await buildPackage(path)
  const told = await playStories(openPluginFolder(path), AbortSignal.timeout(60_000))
  return [
    { check: 'nothing reaches outside', problems: [] },
    { check: 'loading it leaves everything as it was', problems: built.problems },
    { check: 'two builds are the same, byte by byte', problems: findDifferences(built, again) },
    { check: 'the manifest is what the code says', problems: await findStrays(built) },
    { check: describeStories(told), problems: told.problems },
    { check: 'it survives JSON', problems: findLosses(built) },
    {
      check: 'the manifest passes: flows, texts, words, sizes, data, hosts',
      problems: listProblems(built).map(({ path: place, problem, remedy }) => `${place}: ${problem}: ${remedy}`),
    },
  ]
}

function describeStories({ count, problems }: StoriesPlayed): string {
  if (count === 0 && problems.length === 0) return 'no stories to play: write some in stories.ts'
  return `its stories hold, restarted, doubled, late and beside another tenant: ${count}`
}

function findDifferences(first: BuiltPackage, second: BuiltPackage): string[] {
  const parts = (['bundle', 'manifest'] as const).filter((part) => first[part] !== second[part])
  return parts.map((part) => `the ${part} of two builds differs: something in it depends on when or where it is built`)
}

/** Loaded once more, the bundle describes itself alike. */
async function findStrays({ bundle, manifest }: BuiltPackage): Promise<string[]> {
  const again = await inspectBundle(bundle)
  if (again.manifest === manifest) return []
  if (again.manifest === undefined) return again.problems.map((problem) => `loaded once more, ${problem}`)
  const { differences } = compareManifests(parseManifest(manifest), parseManifest(again.manifest))
  return [`it describes itself otherwise each time: ${differences.map(({ path: place }) => place).join(', ')}`]
}

const published: readonly unknown[] = Object.values(capabilities)
const known = published.filter(isCapability)

function isCapability(value: unknown): value is CapabilityDeclaration {
  return typeof value === 'object' && value !== null && 'operations' in value && 'audience' in value
}

function findLosses({ manifest }: BuiltPackage): string[] {
  const parsed = parseManifest(manifest)
  const lost = writeManifest(parsed) === manifest ? [] : ['the manifest changes when it is read and written']
  const strange = Object.values(parsed.needs).filter(({ capability }) => !known.some(({ id }) => id === capability))
  // A capability that a bank has published elsewhere is not at hand here; the platform looks at it again.
  if (strange.length > 0 || (parsed.provides && !known.some(({ id }) => id === parsed.provides?.capability)))
    return lost
  return [...lost, ...findBadInputs(parsed)]
}

function findBadInputs(manifest: Parameters<typeof restorePlugin>[0]): string[] {
  try {
    const plugin = restorePlugin(manifest, (id) => known.find((capability) => capability.id === id))
    return Object.entries(plugin.intents).flatMap(([name, { flow, input }]) => {
      const parsed = flow.input.safeParse(input)
      if (parsed.success) return []
      return [`$.intents.${name}.input does not fit the flow "${flow.id}": ${parsed.error.issues[0]?.message ?? ''}`]
    })
  } catch (error) {
    return [error instanceof Error ? `its schemas cannot be read: ${error.message}` : String(error)]
  }
}
