import { creditCard } from '@inthread/sdk/capabilities'
import { defineCreditDialogue } from '@inthread/sdk/dialogue'

/** The bank's side of a card application. Who calls hears whether there is a card; nothing is charged here. */
export default defineCreditDialogue({
  id: 'credit-card',
  publisher: 'inthread',
  version: '1.0.0',
  host: '^0.1',
  title: { 'zh-CN': '信用卡', en: 'Credit card' },
  provides: creditCard,
  type: 'card',
  words: {
    done: { 'zh-CN': '信用卡签约成功', en: 'Card contract complete' },
    notDone: { 'zh-CN': '没有签约成功', en: 'Card contract not complete' },
    accepted: { 'zh-CN': '签约处理中', en: 'Card in progress' },
    thing: { 'zh-CN': '这次签约', en: 'this contract' },
    harmless: { 'zh-CN': '没有办卡', en: 'there is no card' },
    choose: { 'zh-CN': '用哪个账户', en: 'Which account' },
    apply: { 'zh-CN': '开始申请', en: 'Apply' },
    approved: { 'zh-CN': '已批准额度', en: 'Approved up to' },
    sign: { 'zh-CN': '签约', en: 'Sign' },
    notOffered: { 'zh-CN': '这种信用卡暂时不能办理。', en: 'There is no such card at the moment.' },
  },
})
