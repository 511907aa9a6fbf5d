import { buildManifest, listConflicts, listManifestProblems } from '@inthread/sdk/manifest'
import type { Scene } from './find-scene.ts'
import type { OwnIntentRow } from './own-words.store.ts'
import { wearOwnWords } from './wear-own-words.ts'

export interface OwnIntents {
  readonly row: OwnIntentRow
  /** What the tenant has entered for the other intents. */
  readonly others: readonly OwnIntentRow[]
}

/** A word of the platform, of another intent, or of another plugin in the same bot is none that can be taken. */
export function listOwnIntentProblems(scenes: readonly Scene[], { row, others }: OwnIntents): string[] {
  const bots = new Set(
    scenes.filter(({ plugin }) => plugin.contract.declaration.id === row.plugin).map(({ bot }) => bot),
  )
  const found = [...bots].flatMap((bot) => {
    const plugins = scenes.filter((scene) => scene.bot === bot).map(({ plugin }) => plugin)
    const wear = (intents: readonly OwnIntentRow[]): string[] => {
      const manifests = plugins.map((plugin) => buildManifest(wearOwnWords(plugin, { texts: [], intents })))
      return [
        ...manifests.flatMap((manifest) => listManifestProblems(manifest).map(({ problem }) => problem)),
        ...listConflicts(manifests).map(({ word, intents: takers }) => `"${word}" is taken by ${takers.join(' and ')}`),
      ]
    }
    const before = new Set(wear(others))
    return wear([...others, row]).filter((problem) => !before.has(problem))
  })
  return [...new Set(found)]
}
