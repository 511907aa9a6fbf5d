import { type Intent, type IntentContext, normalize } from '@inthread/sdk/engine'
import type { Installation } from '../tenancy/tenancy.ts'
import type { TurnInput } from './turn.ts'

export interface FoundIntent {
  readonly installation: Installation
  readonly intent: Intent
  readonly input: unknown
}

/**
 * An intent by its name, or by what a user said: first the plugins' own expressions, the longest one winning, then
 * their readers.
 */
export function findIntent(
  input: TurnInput,
  wanted: { readonly plugin: string; readonly intent: string } | { readonly words: string },
): FoundIntent | undefined {
  return 'words' in wanted
    ? (findByExpression(input, wanted.words) ?? findByReading(input, wanted.words))
    : findByName(input, wanted)
}

function findByName(
  input: TurnInput,
  { plugin, intent: name }: { readonly plugin: string; readonly intent: string },
): FoundIntent | undefined {
  const installation = input.bot.installations.find((candidate) => candidate.plugin.contract.declaration.id === plugin)
  const intents = installation?.plugin.intents ?? {}
  const intent = Object.hasOwn(intents, name) ? intents[name] : undefined
  return installation && intent && { installation, intent, input: intent.input }
}

/**
 * The whole message is one of the expressions: a longer sentence may mean something else and is left to the readers.
 */
function findByExpression(input: TurnInput, words: string): FoundIntent | undefined {
  const said = normalize(words)
  if (said === '') return undefined
  for (const { installation, intent } of listIntents(input)) {
    const expressions = Object.values(intent.words).flat()
    if (expressions.some((expression) => normalize(expression) === said))
      return { installation, intent, input: intent.input }
  }
  return undefined
}

function findByReading(input: TurnInput, words: string): FoundIntent | undefined {
  const { locale, timeZone } = input.tenancy
  for (const { installation, intent } of listIntents(input)) {
    const context: IntentContext = { now: input.now, locale, timeZone, config: installation.config }
    const understood = intent.understand?.(words, context)
    if (understood !== undefined) return { installation, intent, input: understood }
  }
  return undefined
}

function listIntents(input: TurnInput): { readonly installation: Installation; readonly intent: Intent }[] {
  return input.bot.installations.flatMap((installation) =>
    Object.values(installation.plugin.intents).map((intent) => ({ installation, intent })),
  )
}
