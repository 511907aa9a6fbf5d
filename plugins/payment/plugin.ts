import { payment } from '@inthread/sdk/capabilities'
import { defineCounter, paymentWords } from '@inthread/sdk/dialogue'

/**
 * The bank's side of a payment. A scene calls `payment.pay`; what is said here never crosses to it, only the outcome
 * does.
 */
export default defineCounter({
  id: 'payment',
  publisher: 'inthread',
  version: '1.1.0',
  host: '^0.1',
  title: { 'zh-CN': '付款', en: 'Payment' },
  provides: payment,
  words: paymentWords,
  revision: 2,
})
