import { type Intent, normalize } from '@inthread/sdk/engine'
import type { Installation } from '../tenancy/tenancy.ts'
import { ask, type Folding } from './need.ts'
import type { TurnInput } from './turn.ts'

/** What of a turn decides it. */
export type Searched = Pick<TurnInput, 'tenancy' | 'bot' | 'now'>

export interface FoundIntent {
  readonly installation: Installation
  readonly intent: Intent
  readonly input: unknown
}

/** By what a user said: first the plugins' own expressions, then their readers. */
export function* findIntentByWords(input: Searched, words: string): Folding<FoundIntent | undefined> {
  return findByExpression(input, words) ?? (yield* findByReading(input, words))
}

export function findIntentByName(
  input: TurnInput,
  { plugin, intent: name }: { readonly plugin: string; readonly intent: string },
): FoundIntent | undefined {
  const installation = input.bot.installations.find((candidate) => candidate.plugin.contract.declaration.id === plugin)
  const intent = installation && getOwn(installation.plugin.intents, name)
  return installation && intent && { installation, intent, input: intent.input }
}

function getOwn<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined
}

/**
 * The whole message is one of the expressions: a longer sentence may mean something else and is left to the readers.
 */
function findByExpression(input: Searched, words: string): FoundIntent | undefined {
  const said = normalize(words)
  if (said === '') return undefined
  for (const { installation, intent } of listIntents(input)) {
    const expressions = Object.values(intent.words).flat()
    if (expressions.some((expression) => normalize(expression) === said))
      return { installation, intent, input: intent.input }
  }
  return undefined
}

function* findByReading(input: Searched, words: string): Folding<FoundIntent | undefined> {
  for (const installation of input.bot.installations) {
    const found = yield* understand(input, installation, words)
    if (found) return found
  }
  return undefined
}

function* understand(input: Searched, installation: Installation, words: string): Folding<FoundIntent | undefined> {
  const { plugin, guest, config } = installation
  const { locale, timeZone } = input.tenancy
  const readers = Object.values(plugin.intents).filter((intent) => intent.understand)
  if (readers.length === 0) return undefined
  if (guest) {
    const found = yield* ask({
      kind: 'sentence',
      guest,
      call: { tenantId: input.tenancy.scope.tenantId, words, config, locale, timeZone, now: input.now },
    })
    const intent = found && getOwn(plugin.intents, found.intent)
    return intent && { installation, intent, input: found.input }
  }
  for (const intent of readers) {
    const understood = intent.understand?.(words, { now: input.now, locale, timeZone, config })
    if (understood !== undefined) return { installation, intent, input: understood }
  }
  return undefined
}

function listIntents(input: Searched): { readonly installation: Installation; readonly intent: Intent }[] {
  return input.bot.installations.flatMap((installation) =>
    Object.values(installation.plugin.intents).map((intent) => ({ installation, intent })),
  )
}
