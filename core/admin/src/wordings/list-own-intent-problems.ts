import { buildManifest, listConflicts, listManifestProblems } from '@inthread/sdk/manifest'
import type { Scene } from './find-scene.ts'
import type { OwnIntentRow } from './own-words.store.ts'
import { wearOwnWords } from './wear-own-words.ts'
import type { Said } from '@inthread/sdk/fault'
import { sayWords as say } from '../saying/say-words.ts'
import { sayProblem } from './say-problem.ts'

export interface OwnIntents {
  readonly row: OwnIntentRow
  /** What the tenant has entered for the other intents. */
  readonly others: readonly OwnIntentRow[]
}

/** A word of the platform, of another intent, or of another plugin in the same bot is none that can be taken. */
export function listOwnIntentProblems(scenes: readonly Scene[], { row, others }: OwnIntents): Said[] {
  const bots = new Set(
    scenes.filter(({ plugin }) => plugin.contract.declaration.id === row.plugin).map(({ bot }) => bot),
  )
  const found = [...bots].flatMap((bot) => {
    const plugins = scenes.filter((scene) => scene.bot === bot).map(({ plugin }) => plugin)
    const wear = (intents: readonly OwnIntentRow[]): Said[] => {
      const manifests = plugins.map((plugin) => buildManifest(wearOwnWords(plugin, { texts: [], intents })))
      return [
        ...manifests.flatMap((manifest) => listManifestProblems(manifest).map(sayProblem)),
        ...listConflicts(manifests).map(({ word, intents: takers }) =>
          say('wording.word_taken', { word, takers: takers.join(', ') }),
        ),
      ]
    }
    const before = new Set(wear(others).map(({ message }) => message))
    return wear([...others, row]).filter(({ message }) => !before.has(message))
  })
  return [...new Map(found.map((said) => [said.message, said])).values()]
}
