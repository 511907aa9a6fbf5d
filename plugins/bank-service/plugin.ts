import { definePlugin, intent, reaction } from '@inthread/sdk'
import { z } from '@inthread/sdk'
import { contract, delayedSchema } from './contract.ts'
import { rememberFlow } from './transfer/remember-flow.ts'
import { transferFlow } from './transfer/transfer-flow.ts'
import { withdrawFlow } from './transfer/withdraw-flow.ts'
import { readTransfer } from './words/read-transfer.ts'

const transfer = intent({
  flow: transferFlow,
  title: { 'zh-CN': '转账', en: 'Send money' },
  words: {
    'zh-CN': ['转账', '汇款', '我要转账', '手机号转账', '转钱'],
    en: ['transfer', 'send money', 'transfer money', 'money transfer'],
  },
  input: {},
  understand: (words: string) => readTransfer(words),
})

const withdraw = intent({
  flow: withdrawFlow,
  title: { 'zh-CN': '撤回转账', en: 'Take back a transfer' },
  words: { 'zh-CN': ['撤回转账', '撤销转账', '撤回'], en: ['take it back', 'take back a transfer', 'recall transfer'] },
  input: {},
})

export default definePlugin(contract, {
  flows: [transferFlow, rememberFlow, withdrawFlow],
  intents: { transfer, withdraw },
  menu: ['transfer', 'withdraw'],
  reactions: {
    delayed: reaction({ flow: withdrawFlow, input: (delayed: z.infer<typeof delayedSchema>) => ({ delayed }) }),
  },
})
