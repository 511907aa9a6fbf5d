import type { ResultKind, SealedView } from '../views.ts'

type Row = SealedView['rows'][number]

const amountPattern =
  /(?:[¥￥$€£]|CNY|RMB|USD|EUR)\s?\d[\d,]*(?:\.\d+)?|\d[\d,]*(?:\.\d+)?\s?(?:元|CNY|RMB|USD|EUR|yuan)/iu
const linePattern = /^\s*([^：:\d]{1,24}?)\s*[：:]\s*((?!\/\/)\S.*)$/u
const maskPattern = /[（(·,，\s]*(?:账户|账号|尾号|account|a\/c)?\s*(\d{0,6}[*＊•]{2,}\s?\d{2,6})\s*[）)]?/iu

const payeeLabel = /^(收款方|收款人|收款商户|商户|收款单位|payee|pay to|paid to|to|merchant)$/iu
const accountLabel = /^(账户|账号|收款账户|收款账号|account|payee account)$/iu
const orderLabel = /^(单号|订单号|order|order no\.?|order number)$/iu
const longestRowValue = 120

/** Takes a bank's message apart: title with amount, `label：value` lines, the remaining lines as a note. */
export function readSealed(title: string, description: string, asks: boolean): SealedView {
  const { rows, note } = splitLines(description)
  const whole = asks ? rows.length === 0 && /[？?]\s*$/u.test(title) : standsInside(title)
  const { action: words, amount } = whole ? { action: title.trim() } : splitAmount(title)
  const { action, rate } = splitRate(words)
  const { payee, account } = findPayee(rows)
  const order = rows.find(({ label }) => orderLabel.test(label))?.value
  return {
    action,
    ...(amount === undefined ? {} : { amount }),
    ...(rate === undefined ? {} : { rate }),
    ...(payee === undefined ? {} : { payee }),
    ...(account === undefined ? {} : { account }),
    rows: rows.filter(({ label }) => !payeeLabel.test(label) && !(payee !== undefined && accountLabel.test(label))),
    note,
    ...(order === undefined ? {} : { order }),
    asks,
    ...(asks ? {} : { result: classifyResult(title) }),
  }
}

/** A plain text of the bank is a form too when at least two of its lines are `label：value`. */
export function readSealedText(text: string): SealedView | undefined {
  const [title = '', ...rest] = text.split('\n')
  const description = rest.join('\n')
  return splitLines(description).rows.length >= 2 ? readSealed(title, description, false) : undefined
}

/** Taken out of the middle of a sentence, an amount leaves a hole: "Payment of … is being checked". */
function standsInside(title: string): boolean {
  const found = amountPattern.exec(title)
  return found !== null && found.index > 0 && found.index + found[0].length < title.trimEnd().length
}

function splitAmount(title: string): { action: string; amount?: string } {
  const amount = amountPattern.exec(title)?.[0]
  if (amount === undefined) return { action: title.trim() }
  const action = title
    .replace(amount, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[\s·:：,，-]+|[\s·:：,，-]+$/g, '')
  return { action, amount: amount.trim() }
}

const ratePattern = /[\s·:：,，]*(年利率|annual rate)\s*[:：]?\s*(\d+(?:\.\d+)?\s?%)(.*)$/iu

/** `年利率 9.80%（单利）/10.25%（复利）` at the end of a title. */
function splitRate(action: string): Pick<SealedView, 'action' | 'rate'> {
  const [found, label, value, more] = ratePattern.exec(action) ?? []
  if (found === undefined || label === undefined || value === undefined) return { action }
  return { action: action.replace(found, '').trim(), rate: { label, value, more: more?.trim() ?? '' } }
}

function splitLines(description: string): { rows: Row[]; note: string[] } {
  const rows: Row[] = []
  const note: string[] = []
  for (const line of description.split('\n').map((each) => each.trim())) {
    const [, label, value] = linePattern.exec(line) ?? []
    if (label !== undefined && value !== undefined && value.length <= longestRowValue) rows.push({ label, value })
    else if (line !== '') note.push(line)
  }
  return { rows, note }
}

/** The account stands in a line of its own or, masked, behind the payee's name. */
function findPayee(rows: readonly Row[]): { payee?: string; account?: string } {
  const line = rows.find(({ label }) => payeeLabel.test(label))?.value
  if (line === undefined) return {}
  const own = rows.find(({ label }) => accountLabel.test(label))?.value
  const mask = own === undefined ? maskPattern.exec(line) : null
  const account = own ?? mask?.[1]
  const payee = mask ? line.replace(mask[0], '').replace(/[\s·,，]+$/u, '') : line
  return { payee, ...(account === undefined ? {} : { account }) }
}

const refused = /失败|拒绝|未通过|不足|过期|超时|锁定|refused|declined|failed|rejected|insufficient|expired|locked/iu
const negated =
  /(没有|没能|未能|未|不能|无法)[^，。；]{0,6}(成功|支付|付款|完成|成交|核实)|\b(not|never|un)\s*(paid|success|complete)|^not /iu
const checking =
  /核对|核实|处理中|确认中|正在|等待|请勿重复|waiting|checking|being checked|checked|processing|pending|in progress/iu
const done = /成功|已支付|已付|已退|已由银行保管|完成|kept by the bank|paid|succeeded|successful|complete|refunded/iu

/** Doubt outweighs success, and a refusal outweighs both: "payment not successful" is no success. */
export function classifyResult(title: string): ResultKind {
  if (refused.test(title) || negated.test(title)) return 'refused'
  if (checking.test(title)) return 'checking'
  return done.test(title) ? 'done' : 'other'
}
