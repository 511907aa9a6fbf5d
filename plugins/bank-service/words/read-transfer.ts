import { readAmount, type SaidAmount } from './read-amount.ts'
import { readPhone } from './read-phone.ts'

/** What a sentence says of a transfer. It is only a draft: each part of it is shown and asked about. */
export interface SaidTransfer {
  readonly phone?: string
  readonly nick?: string
  readonly said?: SaidAmount
}

const sentences: readonly RegExp[] = [
  // 给妈妈转三百
  /^(?:请|帮我|我要|我想){0,2}(?:给|向)(?<who>.{1,14}?)(?:转账|转钱|转|汇款|汇|打钱)(?<amount>.{1,14})?$/u,
  // 转给妈妈三百块
  /^(?:请|帮我|我要|我想){0,2}(?:转给|转账给|汇给|打给)(?<who>1\d{10}|[^\d]{1,12}?)(?<amount>[\d零一二两三四五六七八九十壹贰叁肆伍陆柒捌玖拾¥].{0,14})?$/u,
  // 转三百给妈妈
  /^(?:请|帮我|我要|我想){0,2}(?:转账|转|汇|打)(?<amount>.{1,14}?)给(?<who>.{1,14})$/u,
  // send 300 to Mum · send Mum 300
  /^(?:please )?(?:send|transfer)(?: money)?(?: (?<amount>[¥\d][\d.,]*(?: ?(?:yuan|rmb|cny))?))? to (?<who>.{1,20})$/iu,
  /^(?:please )?(?:send|transfer) (?<who>\p{L}[\p{L} ]{0,19}?) (?<amount>[¥\d][\d.,]*(?: ?(?:yuan|rmb|cny))?)$/iu,
]

/** Somebody to talk to, and nobody to pay. */
const staff = /人工|客服|坐席|柜员|^(?:an? |the )?(?:human|person|agent|operator|support|somebody|someone|staff)$/iu

/** undefined unless the sentence is surely about sending money to somebody. */
export function readTransfer(words: string): SaidTransfer | undefined {
  const sentence = words
    .normalize('NFKC')
    .trim()
    .replace(/[。.!！]+$/u, '')
  if (sentence.length > 60) return undefined
  for (const pattern of sentences) {
    const groups = pattern.exec(sentence)?.groups
    if (!groups) continue
    const who = (groups['who'] ?? '').trim()
    if (staff.test(who)) return undefined
    const said = groups['amount'] === undefined ? undefined : readAmount(groups['amount'])
    // Something stands where an amount should, and it is none: better ask for everything.
    if (groups['amount'] !== undefined && !said) continue
    if (said === undefined && !/转|汇|打|send|transfer/iu.test(sentence)) continue
    const phone = readPhone(who)
    return { ...(phone === undefined ? { nick: who } : { phone }), ...(said ? { said } : {}) }
  }
  return undefined
}
