/** One sentence or phrase in each language. */
export interface Wording {
  readonly 'zh-CN': string
  readonly en: string
}

/** What is particular about one kind of commit. The sentences around it are the same for all. */
export interface CounterWords {
  /** Title of the card when it has succeeded, before the amount: `转账成功`, `Transferred`. */
  readonly done: Wording
  /** Title when the bank has said no: `没有转账成功`, `Not transferred`. */
  readonly notDone: Wording
  /** Title while the bank goes on with what it has taken: `已受理`, `Accepted`. */
  readonly accepted: Wording
  /** Within a sentence: `这次转账`, `this transfer`. */
  readonly thing: Wording
  /** What surely did not happen: `没有扣款`, `nothing was taken`. */
  readonly harmless: Wording
  /** The same while nothing was handed in to the bank yet, where that is surer; as `harmless` when left out. */
  readonly unsent?: Wording
  /** Asks which account: `用哪个账户转账`, `Which account pays`. */
  readonly choose: Wording
}

export const paymentWords: CounterWords = {
  done: { 'zh-CN': '支付成功', en: 'Paid' },
  notDone: { 'zh-CN': '没有支付成功', en: 'Not paid' },
  accepted: { 'zh-CN': '已受理', en: 'Accepted' },
  thing: { 'zh-CN': '这次付款', en: 'this payment' },
  harmless: { 'zh-CN': '没有扣款', en: 'nothing was taken' },
  choose: { 'zh-CN': '用哪个账户支付', en: 'Which account pays' },
}
