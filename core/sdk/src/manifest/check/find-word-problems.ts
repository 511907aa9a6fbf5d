import { normalize } from '../../message/clean.ts'
import { findPlatformWord } from '../../message/platform-words.ts'
import type { Said } from '../../fault/saying.ts'
import type { Manifest, ManifestIntent } from '../manifest-schema.ts'
import type { ManifestProblem } from './problem.ts'
import { sayManifest as say } from './say-manifest.ts'

/** Intents, menu and dialogues name what there is, and take no words that are not theirs. */
export function findWordProblems(manifest: Manifest): ManifestProblem[] {
  const names = manifest.intents.map(({ name }) => name)
  const missing = manifest.menu
    .filter((name) => !names.includes(name))
    .map((name) => ({
      path: '$.menu',
      problem: `the menu offers "${name}", and there is no such intent`,
      remedy: names.length === 0 ? 'declare the intent' : `name one of ${names.join(', ')}`,
    }))
  return [...missing, ...findLostFlows(manifest), ...manifest.intents.flatMap(findTakenWords), ...findTwice(manifest)]
}

function findLostFlows({ flows, intents, dialogues, listens }: Manifest): ManifestProblem[] {
  const starts = [
    ...intents.map(({ name, flow }) => ({ path: `$.intents.${name}.flow`, what: `the intent "${name}"`, flow })),
    ...Object.entries(dialogues).map(([name, flow]) => ({
      ...{ path: `$.dialogues.${name}`, what: `the dialogue of "${name}"`, flow },
    })),
    ...Object.entries(listens).flatMap(([name, { flow }]) =>
      flow === undefined ? [] : [{ path: `$.listens.${name}.flow`, what: `the reaction to "${name}"`, flow }],
    ),
  ]
  return starts
    .filter(({ flow }) => !Object.hasOwn(flows, flow))
    .map(({ path, what, flow }) => ({
      ...{ path, problem: `${what} starts the flow "${flow}", which the plugin does not list` },
      remedy: 'add the flow to the flows of definePlugin',
    }))
}

function listWords({ words }: ManifestIntent): string[] {
  return Object.values(words).flat()
}

function findTakenWords(intent: ManifestIntent): ManifestProblem[] {
  const path = `$.intents.${intent.name}`
  const said = [...listWords(intent), ...Object.values(intent.title)]
  return [...new Set(said)].flatMap((word) => {
    const taken = findPlatformWord(word)
    if (taken !== undefined) {
      const said = say('words.platform_word', { name: intent.name, word, taken })
      return [{ path, ...tell(said), remedy: 'choose another expression: platform words are read before any plugin' }]
    }
    if (normalize(word) !== '') return []
    return [{ path, ...tell(say('words.no_letters', { word })), remedy: 'leave it out' }]
  })
}

function tell(said: Said): Pick<ManifestProblem, 'problem' | 'said'> {
  return { problem: said.message, said }
}

function findTwice({ intents }: Manifest): ManifestProblem[] {
  const owners = new Map<string, string>()
  return intents.flatMap((intent) =>
    [...new Set(listWords(intent).map(normalize))].flatMap((word) => {
      const owner = owners.get(word)
      if (owner === undefined) owners.set(word, intent.name)
      if (owner === undefined || word === '') return []
      const said = say('words.twice', { word, first: owner, second: intent.name })
      return [{ path: `$.intents.${intent.name}.words`, ...tell(said), remedy: 'leave it to one of them' }]
    }),
  )
}

/** An expression that two plugins of one bot would take. */
export interface Conflict {
  readonly word: string
  /** `plugin/intent` */
  readonly intents: readonly string[]
}

/** The expressions, and the buttons of the menu, that more than one of these plugins takes. */
export function listConflicts(manifests: readonly Manifest[]): readonly Conflict[] {
  const owners = new Map<string, Map<string, string>>()
  for (const { id, intents, menu } of manifests) {
    for (const intent of intents) {
      const buttons = menu.includes(intent.name) ? Object.values(intent.title) : []
      for (const word of [...listWords(intent), ...buttons]) {
        const known = owners.get(normalize(word)) ?? new Map<string, string>()
        owners.set(normalize(word), known.set(id, `${id}/${intent.name}`))
      }
    }
  }
  return [...owners]
    .filter(([word, known]) => word !== '' && known.size > 1)
    .map(([word, known]) => ({ word, intents: [...known.values()].toSorted() }))
    .toSorted((left, right) => (left.word < right.word ? -1 : 1))
}
