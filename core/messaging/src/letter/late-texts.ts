import { formatMoney, type Money } from '@inthread/sdk/money'

/** A refund that people have asked for, of the order with this number. */
interface Given {
  readonly number: string
  readonly amount: Money
}

interface Delayed {
  readonly number: string
  readonly amount: Money | undefined
}

interface CardText {
  readonly title: string
  readonly description: string
}

/** What is said of a refund for whose end nobody has waited. */
export interface LateTexts {
  readonly refunded: (number: string) => string
  readonly notRefunded: (number: string) => string
  /** What the bank had accepted for later, in its words; without an amount where none is paid. */
  readonly delayed: Readonly<Record<'succeeded' | 'failed', (order: Delayed) => CardText>>
  /** Of one that a person asked for, in the bank's words. */
  readonly given: Readonly<Record<'succeeded' | 'declined' | 'unknown', (given: Given) => CardText>>
}

const chinese: LateTexts = {
  refunded: (number) => `订单 ${number} 的退款已完成，款项按原路退回。`,
  notRefunded: (number) => `订单 ${number} 的退款没有成功，工作人员会跟进处理。`,
  delayed: {
    succeeded: ({ number, amount }) => ({
      title: '办理成功',
      description: `银行之前受理的业务已完成${amount ? `：${formatMoney(amount)}` : ''}。\n单号：${number}`,
    }),
    failed: ({ number, amount }) => ({
      title: '没有办成',
      description: `银行之前受理的业务没有办成${amount ? `，${formatMoney(amount)} 没有扣款` : ''}。\n单号：${number}`,
    }),
  },
  given: {
    succeeded: ({ number, amount }) => ({
      title: '退款成功',
      description: `${formatMoney(amount)} 已按原路退回。\n订单号：${number}`,
    }),
    unknown: ({ number, amount }) => ({
      title: '退款正在核对',
      description: `${formatMoney(amount)} 的退款结果还没有确认，有结果会立即通知您。\n订单号：${number}`,
    }),
    declined: ({ number, amount }) => ({
      title: '退款没有成功',
      description: `${formatMoney(amount)} 没有退回，工作人员会跟进处理。\n订单号：${number}`,
    }),
  },
}

const english: LateTexts = {
  refunded: (number) => `The refund for order ${number} is done. The money goes back to where it came from.`,
  notRefunded: (number) => `The refund for order ${number} did not go through. Our staff will look into it.`,
  delayed: {
    succeeded: ({ number, amount }) => ({
      title: 'Done',
      description: `What the bank had accepted is done${amount ? `: ${formatMoney(amount)}` : ''}.\nOrder: ${number}`,
    }),
    failed: ({ number, amount }) => ({
      title: 'Not done',
      description:
        `What the bank had accepted was not done${amount ? `: ${formatMoney(amount)} was not taken` : ''}.` +
        `\nOrder: ${number}`,
    }),
  },
  given: {
    succeeded: ({ number, amount }) => ({
      title: 'Refunded',
      description: `${formatMoney(amount)} goes back to where it came from.\nOrder: ${number}`,
    }),
    unknown: ({ number, amount }) => ({
      title: 'The refund is being checked',
      description: `Whether ${formatMoney(amount)} went back is not known yet. You will hear here.\nOrder: ${number}`,
    }),
    declined: ({ number, amount }) => ({
      title: 'Not refunded',
      description: `${formatMoney(amount)} did not go back. Our staff will look into it.\nOrder: ${number}`,
    }),
  },
}

export function lateTexts(locale: string): LateTexts {
  return locale.startsWith('zh') ? chinese : english
}
