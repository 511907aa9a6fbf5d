import { wallet } from '@inthread/sdk/capabilities'
import { defineCounter } from '@inthread/sdk/dialogue'

/** The bank's side of a wallet: opened by the phone number, loaded from an account. */
export default defineCounter({
  id: 'wallet',
  publisher: 'inthread',
  version: '1.0.0',
  host: '^0.1',
  title: { 'zh-CN': '数字钱包', en: 'Digital wallet' },
  provides: wallet,
  words: {
    done: { 'zh-CN': '办理成功', en: 'Completed' },
    notDone: { 'zh-CN': '没有办理成功', en: 'Not done' },
    accepted: { 'zh-CN': '已受理', en: 'Accepted' },
    thing: { 'zh-CN': '这次办理', en: 'this wallet order' },
    harmless: { 'zh-CN': '没有扣款', en: 'nothing was taken' },
    choose: { 'zh-CN': '用哪个账户办理', en: 'Which account, for' },
  },
})
