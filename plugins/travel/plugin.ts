import { definePlugin, intent, type IntentContext } from '@inthread/sdk'
import { changeFlow } from './change/change-flow.ts'
import { giveBack, giveBackOne } from './after/give-back.ts'
import { issue } from './after/issue.ts'
import { pickTicket } from './after/pick-ticket.ts'
import { returnFlow } from './after/return-flow.ts'
import { bookFlow } from './book/book-flow.ts'
import { contract } from './contract.ts'
import { readChange } from './words/read-change.ts'
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

const change = intent({
  flow: changeFlow,
  title: { 'zh-CN': '改签', en: 'Change a ticket' },
  words: {
    'zh-CN': ['改签', '车票改签', '我要改签', '改票'],
    en: ['change ticket', 'change my ticket', 'change a ticket', 'rebook'],
  },
  input: {},
  understand: (words: string, context: IntentContext) => readChange(words, context),
})

const giveTicketBack = intent({
  flow: returnFlow,
  title: { 'zh-CN': '退票', en: 'Return a ticket' },
  words: {
    'zh-CN': ['退票', '我要退票', '车票退票', '退车票'],
    en: ['return ticket', 'return my ticket', 'return a ticket', 'refund my ticket'],
  },
  input: {},
})

export default definePlugin(contract, {
  flows: [bookFlow, changeFlow, giveBack, giveBackOne, issue, pickTicket, returnFlow],
  intents: { search, change, giveTicketBack },
  menu: ['search', 'change', 'giveTicketBack'],
})
