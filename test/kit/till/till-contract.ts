import { collection, defineContract, need, text, z } from '@inthread/sdk'
import { bills, consumerLoan, payment, points } from '@inthread/sdk/capabilities'
import { envelopes } from './envelopes.ts'

const plain = (chinese: string, english: string) => text({}, { 'zh-CN': chinese, en: english })
const purpose = { 'zh-CN': '收款', en: 'to be paid' }

/** A merchant's scene that does one thing of each kind with money, and says shortly what came of it. */
export const contract = defineContract({
  id: 'till',
  publisher: 'inthread',
  version: '1.0.0',
  host: '^0.1',
  locales: ['zh-CN', 'en'],
  title: { 'zh-CN': '收银台', en: 'Till' },
  config: z.strictObject({}),
  needs: {
    pay: need(payment, { range: '^1', purpose }),
    bills: need(bills, { range: '^1', purpose }),
    loan: need(consumerLoan, { range: '^1', purpose }),
    points: need(points, { range: '^1', purpose }),
    envelopes: need(envelopes, { range: '^1', purpose }),
  },
  texts: {
    tea: plain('茶已备好。要退货吗？', 'Your tea is ready. Will you give it back?'),
    giveBack: plain('退货', 'Give it back'),
    keep: plain('留着', 'Keep it'),
    kept: plain('好的。', 'All right.'),
    notSold: plain('没有卖出。', 'Not sold.'),
    refunded: plain('退货款已退。', 'Your money is back.'),
    notRefunded: plain('没有退款。', 'No money was given back.'),
    refundOpen: plain('退款核对中。', 'The refund is being checked.'),
    nothingOwed: plain('没有欠费。', 'Nothing is owed.'),
    billPaid: plain('电费已销账。', 'The bill is settled.'),
    billNotPaid: plain('电费未缴。', 'The bill is not paid.'),
    billOpen: plain('缴费核对中。', 'The bill is being checked.'),
    financed: plain('课程已开通。', 'The course is open.'),
    notFinanced: plain('课程未开通。', 'The course is not open.'),
    loanOpen: plain('放款核对中。', 'The loan is being checked.'),
    cupSold: plain('茶杯已包好。', 'Your cup is wrapped.'),
    cupNotSold: plain('茶杯没有卖出。', 'The cup was not sold.'),
    filled: plain('红包已备好。', 'The envelopes are filled.'),
    notFilled: plain('红包没有备好。', 'The envelopes are not filled.'),
    opened: plain('红包到账。', 'The money of the envelope is yours.'),
    opening: plain('红包拆开了，正在到账。', 'The envelope is open, its money is on the way.'),
    openedBefore: plain('这个红包您已经领过了。', 'You have opened this envelope before.'),
    noneLeft: plain('红包已抢完。', 'All envelopes are gone.'),
    openUnknown: plain('红包核对中。', 'The envelope is being checked.'),
  },
  collections: {
    campaigns: collection(z.strictObject({ id: z.string(), campaign: z.string() }), { key: 'id' }),
  },
})
