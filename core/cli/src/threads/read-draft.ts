import { statSync } from 'node:fs'
import type { AdminApi } from '@inthread/client'
import { readDefinition } from '../commands/definition.ts'
import { CommandError, exits } from '../commands/output.ts'
import { readWords } from '../office/words.ts'

export type Draft = NonNullable<Parameters<AdminApi['threads']['simulate']['mutate']>[0]['draft']>

interface Written {
  readonly bots?: readonly {
    readonly id?: unknown
    readonly menu?: unknown[]
    readonly plugins?: readonly { readonly use: string; readonly config?: Record<string, unknown> }[]
  }[]
}

/** What a folder that could be applied says of a bot: settings, menu and words, to be tried before that. */
export function readDraft(path: string, bot: string): Draft {
  const { bots = [] } = readDefinition(path).definition as Written
  const found = bots.find(({ id }) => id === bot)
  if (!found) throw new CommandError(`${path} defines no bot "${bot}".`, exits.badInput)
  const plugins = new Set(found.plugins?.map(({ use }) => use))
  const words = statSync(path).isDirectory() ? readWords(path) : undefined
  return {
    menu: found.menu ?? [],
    config: (found.plugins ?? []).map(({ use, config = {} }) => ({ plugin: use, config })),
    texts: (words?.texts ?? [])
      .filter(({ plugin }) => plugins.has(plugin))
      .map(({ plugin, text, locale, source }) => ({ plugin, text, locale, source })),
    intents: (words?.intents ?? [])
      .filter((each) => plugins.has(each.plugin))
      .map((each) => ({ plugin: each.plugin, intent: each.intent, words: each.words })),
  }
}
