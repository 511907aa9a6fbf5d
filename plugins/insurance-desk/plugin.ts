import { insurance } from '@inthread/sdk/capabilities'
import { defineCounter } from '@inthread/sdk/dialogue'

/** The bank's side of an insurance: a scene has the quote; here the premium is confirmed and paid. */
export default defineCounter({
  id: 'insurance-desk',
  publisher: 'inthread',
  version: '1.0.0',
  host: '^0.1',
  title: { 'zh-CN': '投保', en: 'Insurance' },
  provides: insurance,
  words: {
    done: { 'zh-CN': '承保成功，保费', en: 'Insured, premium' },
    notDone: { 'zh-CN': '没有投保成功', en: 'Not insured' },
    accepted: { 'zh-CN': '保费已支付，等待承保', en: 'Premium paid, waiting for the insurer' },
    thing: { 'zh-CN': '这次投保', en: 'this insurance order' },
    harmless: { 'zh-CN': '没有扣款，或已原路退回', en: 'nothing was taken or it was given back' },
    unsent: { 'zh-CN': '没有扣款', en: 'nothing was taken' },
    choose: { 'zh-CN': '用哪个账户支付', en: 'Which account pays' },
  },
})
