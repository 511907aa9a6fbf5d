import { instalments } from '@inthread/sdk/capabilities'
import { defineCounter } from '@inthread/sdk/dialogue'

/** A purchase or a bill in parts: what is confirmed is the bank's own offer, with its annual rate. */
export default defineCounter({
  id: 'instalments',
  publisher: 'inthread',
  version: '1.0.0',
  host: '^0.1',
  title: { 'zh-CN': '分期付款', en: 'Instalments' },
  provides: instalments,
  words: {
    done: { 'zh-CN': '分期办理成功', en: 'Paid in instalments' },
    notDone: { 'zh-CN': '没有分期成功', en: 'Not paid in instalments' },
    accepted: { 'zh-CN': '分期处理中', en: 'Instalments in progress' },
    thing: { 'zh-CN': '这次分期', en: 'this instalment plan' },
    harmless: { 'zh-CN': '没有扣款', en: 'nothing was taken' },
    choose: { 'zh-CN': '用哪张信用卡分期', en: 'Which card pays' },
  },
})
