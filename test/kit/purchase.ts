import type { MessageView } from '@inthread/sandbox-operator/views'
import { textOf, type Phone } from './phone.ts'

/** A ticket bought as a user does it: by words and taps alone. Returns the ticket's message. */
export async function buyTicket(phone: Phone): Promise<MessageView> {
  const prompt = await reachConfirm(phone)
  await phone.choose(prompt, '确认支付', '验证码已发送')
  await phone.say(await phone.code())
  await phone.waitFor('支付成功')
  return phone.waitFor('出票成功')
}

/** As far as the bank's confirm card. */
export async function reachConfirm(phone: Phone): Promise<MessageView> {
  const reading = await phone.ask('明天上午从成都到北京，一张二等座', '我理解得对吗')
  const trains = await phone.choose(reading, '对', 'G308')
  const check = await phone.choose(trains, 'G308', '座位为您保留')
  return phone.choose(check, '支付', '确认支付 ¥')
}

export function orderNumberOf(message: MessageView): string {
  const number = /单号：([0-9A-Z]{10})/.exec(textOf(message))?.[1]
  if (number === undefined) throw new Error('the message names no order')
  return number
}

/** The bank's own books, as its sandbox shows them. */
export interface BankBooks {
  readonly payments: readonly {
    readonly clientRef: string
    readonly state: string
    readonly amount: { readonly value: string }
  }[]
  readonly transfers: readonly {
    readonly id: string
    readonly kind: string
    readonly clientRef?: string | null
    readonly amountMinor: string
  }[]
  readonly accounts: readonly {
    readonly id: string
    readonly kind: string
    /** The bank's name of the customer, or the client's id. */
    readonly owner: string | null
    readonly mask: string | null
    readonly balanceMinor: string
    readonly heldMinor: string
  }[]
  readonly totals: Readonly<Record<string, string>>
}

export async function readBank(bankUrl: string): Promise<BankBooks> {
  const ledger = (await (await fetch(`${bankUrl}/sandbox/ledger`)).json()) as Omit<BankBooks, 'payments'>
  const { payments } = (await (await fetch(`${bankUrl}/sandbox/payments`)).json()) as Pick<BankBooks, 'payments'>
  return { ...ledger, payments }
}
