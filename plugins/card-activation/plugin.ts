import { cardActivation } from '@inthread/sdk/capabilities'
import { defineCounter } from '@inthread/sdk/dialogue'

/** A card that is issued becomes one that pays, by the bank's code. */
export default defineCounter({
  id: 'card-activation',
  publisher: 'inthread',
  version: '1.0.0',
  host: '^0.1',
  title: { 'zh-CN': '激活信用卡', en: 'Card activation' },
  provides: cardActivation,
  words: {
    done: { 'zh-CN': '激活成功', en: 'Activation complete' },
    notDone: { 'zh-CN': '没有激活成功', en: 'Activation not complete' },
    accepted: { 'zh-CN': '激活处理中', en: 'Activation in progress' },
    thing: { 'zh-CN': '这次激活', en: 'this activation' },
    harmless: { 'zh-CN': '卡片还不能使用', en: 'the card cannot be used yet' },
    choose: { 'zh-CN': '用哪个账户', en: 'Which account' },
  },
})
