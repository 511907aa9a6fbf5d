import type { Plugin } from '../plugin/plugin.ts'
import type { Disturbance } from '../testing/act.ts'
import { openStage, type OpenStage, type Stage } from '../testing/stage.ts'
import type { ThreadOptions } from '../testing/thread.ts'

/** Where a story plays, when it needs more than the plugin. */
export interface StorySetting extends ThreadOptions {
  readonly plugin: Plugin
  /** What is otherwise at another tenant: the story is also played beside it, and nothing may cross over. */
  readonly neighbour?: ThreadOptions
}

export type Script = (stage: Stage) => void | Promise<void>

/** Something that a user does with a plugin, from the first word on, with all that must then be true. */
export interface Story {
  readonly name: string
  readonly setting: StorySetting
  readonly script: Script
}

/**
 * A story in a few lines. The script acts and looks; it may be played many times over.
 *
 *     export default story('buys a tea', plugin, ({ user, bank, bot, money }) => {
 *       user.says('order tea')
 *       bot.asked(/which tea/i)
 *       user.taps('Green tea')
 *       bank.accepts()
 *       bot.said(/on its way/)
 *       money.balanced()
 *     })
 *
 * With a config, documents, a locale or another moment: `story('…', { plugin, locale: 'en', documents }, …)`.
 */
export function story(name: string, where: Plugin | StorySetting, script: Script): Story {
  return { name, setting: 'contract' in where ? { plugin: where } : where, script }
}

/** Plays a story once. Throws whatever is not as the script says. */
export async function playStory({ setting, script }: Story, disturbance?: Disturbance): Promise<OpenStage> {
  const stage = openStage(setting.plugin, setting, disturbance)
  await script(stage)
  return stage
}
