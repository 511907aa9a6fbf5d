import { consumerLoan } from '@inthread/sdk/capabilities'
import { defineCreditDialogue } from '@inthread/sdk/dialogue'

/**
 * The bank's side of a loan for what somebody buys. A scene says what is bought and how much it is; what is said here
 * never crosses to it, only the outcome does.
 */
export default defineCreditDialogue({
  id: 'consumer-loan',
  publisher: 'inthread',
  version: '1.0.0',
  host: '^0.1',
  title: { 'zh-CN': '分期贷款', en: 'Loan' },
  provides: consumerLoan,
  type: 'loan',
  words: {
    done: { 'zh-CN': '放款成功', en: 'Loan paid out' },
    notDone: { 'zh-CN': '没有放款成功', en: 'Loan not paid out' },
    accepted: { 'zh-CN': '合同已签署，正在放款', en: 'Signed, payout in progress' },
    thing: { 'zh-CN': '这笔贷款', en: 'this loan' },
    harmless: { 'zh-CN': '没有产生借款', en: 'nothing is owed' },
    choose: { 'zh-CN': '用哪个账户', en: 'Which account' },
    apply: { 'zh-CN': '申请', en: 'Apply' },
    approved: { 'zh-CN': '审批通过', en: 'Approved' },
    sign: { 'zh-CN': '签署合同', en: 'Sign the contract' },
    afterNo: {
      'zh-CN': '商户不会知道原因。您可以换一种方式付款。',
      en: 'The shop is not told why. You can pay another way.',
    },
    notOffered: {
      'zh-CN': '这个金额不能办理这种贷款，没有申请。',
      en: 'There is no such loan for this amount: nothing was applied for.',
    },
  },
})
