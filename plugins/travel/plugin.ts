import { definePlugin, intent, type IntentContext } from '@inthread/sdk'
import { bookFlow } from './book/book-flow.ts'
import { contract } from './contract.ts'
import { readSentence } from './words/read-wish.ts'

const search = intent({
  flow: bookFlow,
  title: { 'zh-CN': '订火车票', en: 'Train tickets' },
  words: {
    'zh-CN': ['订火车票', '买火车票', '火车票', '高铁票', '车票', '订票', '买票', '查车次'],
    en: ['train tickets', 'train ticket', 'book a train', 'book train tickets', 'trains'],
  },
  input: {},
  understand: (words: string, context: IntentContext) => readSentence(words, context),
})

export default definePlugin(contract, { flows: [bookFlow], intents: { search }, menu: ['search'] })
