/** What the platform says of a refund for whose end nobody has waited. */
export interface LateTexts {
  readonly refunded: (number: string) => string
  readonly notRefunded: (number: string) => string
}

const chinese: LateTexts = {
  refunded: (number) => `订单 ${number} 的退款已完成，款项按原路退回。`,
  notRefunded: (number) => `订单 ${number} 的退款没有成功，工作人员会跟进处理。`,
}

const english: LateTexts = {
  refunded: (number) => `The refund for order ${number} is done. The money goes back to where it came from.`,
  notRefunded: (number) => `The refund for order ${number} did not go through. Our staff will look into it.`,
}

export function lateTexts(locale: string): LateTexts {
  return locale.startsWith('zh') ? chinese : english
}
