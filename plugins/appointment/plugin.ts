import { appointment } from '@inthread/sdk/capabilities'
import { defineCounter } from '@inthread/sdk/dialogue'

/** The bank's side of a visit: a place is kept already; here the user confirms it. */
export default defineCounter({
  id: 'appointment',
  publisher: 'inthread',
  version: '1.0.0',
  host: '^0.1',
  title: { 'zh-CN': '网点预约', en: 'Branch visits' },
  provides: appointment,
  words: {
    done: { 'zh-CN': '预约成功', en: 'Booking complete' },
    notDone: { 'zh-CN': '没有预约成功', en: 'Not booked' },
    accepted: { 'zh-CN': '预约已受理', en: 'Being arranged' },
    thing: { 'zh-CN': '这次预约', en: 'this visit' },
    harmless: { 'zh-CN': '没有占用名额', en: 'nothing was booked' },
    choose: { 'zh-CN': '用哪个账户', en: 'Which account' },
  },
})
