import { definePlugin, intent, type IntentContext } from '@inthread/sdk'
import { contract } from './contract.ts'
import { talkFlow } from './talk-flow.ts'

const fold = (words: string): string => words.normalize('NFKC').trim().toLowerCase()

/** Only what the tenant has named, or everything if it says so: other plugins of the bot have words of their own. */
function understand(words: string, { config }: IntentContext): { words: string } | undefined {
  const { words: named, everything } = contract.declaration.config.parse(config)
  const said = fold(words)
  const known = named.some((word) => fold(word) === said)
  return said !== '' && (known || everything) ? { words: [...words].slice(0, 500).join('') } : undefined
}

const talk = intent({
  flow: talkFlow,
  title: { 'zh-CN': '联系商家', en: 'Ask the shop' },
  words: { 'zh-CN': ['联系商家'], en: ['ask the shop'] },
  input: { words: '' },
  understand,
})

export default definePlugin(contract, { flows: [talkFlow], intents: { talk }, menu: ['talk'] })
