import { useAsk } from '../session/use-ask.ts'
import { useLanguage, useWords } from '../words/use-words.ts'
import { menuWords } from './menu-words.ts'
import { platformWords } from './menu.ts'

interface Option {
  readonly value: string
  readonly label: string
}

interface Options {
  readonly group: string
  readonly items: readonly Option[]
}

/** What a key can do: what the bot's plugins begin with, and the platform's own words. */
export function useActions(tenant: string, bot: string): readonly Options[] {
  const words = useWords(menuWords)
  const language = useLanguage()
  const { data } = useAsk({
    key: ['intents', tenant, 'all'],
    ask: (client) => client.intents.list.query({ tenant, limit: 200 }),
  })
  const own = (data?.items ?? []).filter((each) => each.bot === bot)
  const byPlugin = Map.groupBy(own, ({ plugin }) => plugin)
  const ofPlugins = [...byPlugin].map(([plugin, intents]) => ({
    group: plugin,
    items: intents.map(({ intent, title }) => ({
      value: `intent:${plugin}/${intent}`,
      label: title[language === 'zh' ? 'zh-CN' : 'en'] ?? intent,
    })),
  }))
  const ofPlatform = platformWords.map((word) => ({ value: `word:${word}`, label: words[word] }))
  return [...ofPlugins, { group: words.words, items: ofPlatform }]
}

export type Actions = ReturnType<typeof useActions>
