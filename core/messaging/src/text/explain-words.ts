import { findPlatformWord, normalize, type PlatformWord } from '@inthread/sdk/engine'
import type { Instant } from '@inthread/sdk/time'
import type { Bot, Tenancy } from '../tenancy/tenancy.ts'
import { answerGuest, isGuestNeed } from '../turn/guest-answers.ts'
import { findIntentByWords } from '../fold/intents.ts'

/** What a sentence means to a bot that is in the middle of nothing, and by what it was found. */
export type Explanation =
  | { readonly by: 'platform'; readonly word: PlatformWord }
  | { readonly by: 'expression' | 'reading'; readonly plugin: string; readonly intent: string; readonly input: unknown }
  | { readonly by: 'menu' }

export interface Sentence {
  readonly tenancy: Tenancy
  readonly bot: Bot
  readonly words: string
  readonly now: Instant
}

/** The same search as in a turn. Guests are asked, and nothing is begun. */
export async function explainWords({ tenancy, bot, words, now }: Sentence): Promise<Explanation> {
  const word = findPlatformWord(words)
  if (word !== undefined) return { by: 'platform', word }
  const searching = findIntentByWords({ tenancy, bot, now }, words)
  let step = searching.next()
  while (!step.done) step = searching.next(isGuestNeed(step.value) ? await answerGuest(step.value) : undefined)
  const found = step.value
  if (!found) return { by: 'menu' }
  const { declaration } = found.installation.plugin.contract
  const { intents } = found.installation.plugin
  const intent = Object.entries(intents).find(([, each]) => each === found.intent)?.[0] ?? ''
  const said = normalize(words)
  const exact = Object.values(found.intent.words).some((list) => list.some((each) => normalize(each) === said))
  return { by: exact ? 'expression' : 'reading', plugin: declaration.id, intent, input: found.input }
}
