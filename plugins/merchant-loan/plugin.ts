import { merchantLoan } from '@inthread/sdk/capabilities'
import { defineCreditDialogue } from '@inthread/sdk/dialogue'

/**
 * The bank's side of a loan to a small business. Number and name of the business are typed on the bank's page, the
 * query of both credit reports is signed on its own, and the money goes to the settlement account.
 */
export default defineCreditDialogue({
  id: 'merchant-loan',
  publisher: 'inthread',
  version: '1.0.0',
  host: '^0.1',
  title: { 'zh-CN': '经营贷款', en: 'Business loan' },
  provides: merchantLoan,
  type: 'loan',
  signs: 'business-credit-query',
  words: {
    done: { 'zh-CN': '放款成功', en: 'Loan paid out' },
    notDone: { 'zh-CN': '没有放款成功', en: 'Loan not paid out' },
    accepted: { 'zh-CN': '合同已签署，正在放款', en: 'Signed, payout in progress' },
    thing: { 'zh-CN': '这笔经营贷款', en: 'this business loan' },
    harmless: { 'zh-CN': '没有产生借款', en: 'nothing is owed' },
    choose: { 'zh-CN': '用哪个账户', en: 'Which account' },
    apply: { 'zh-CN': '申请', en: 'Apply' },
    approved: { 'zh-CN': '审批通过', en: 'Approved' },
    sign: { 'zh-CN': '签署合同', en: 'Sign the contract' },
    notOffered: {
      'zh-CN': '这个金额或期限不能办理这种贷款，没有申请。',
      en: 'There is no such loan for this amount or time: nothing was applied for.',
    },
  },
})
