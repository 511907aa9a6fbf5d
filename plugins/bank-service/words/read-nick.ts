import { readYes, toPlainWords } from './read-yes.ts'

const longest = 12

const pleasantries: ReadonlySet<string> = new Set([
  ...['你好', '您好', '在吗', '谢谢', '谢谢你', '多谢', '再见', 'hi', 'hello', 'hey', 'thanks', 'bye'],
])

/** What somebody writes who wants something of the bank. */
const wishes = new RegExp(
  [
    '转账|转钱|转给|汇款|撤|余额|账户|明细|流水|缴|交费|话费|电费|水费|燃气|煤气|充值|预约|网点|医保|我的|我要|绑|默认卡',
    '不是|盗刷|人民币|钱包|多少|积分|红包|理财|持仓|购买|贷款|借|还款|保险|人工|客服|菜单|帮助|取消|怎么|什么',
  ].join('|'),
  'u',
)
const wishesInEnglish: ReadonlySet<string> = new Set([
  ...['transfer', 'balance', 'entries', 'transactions', 'statement', 'bills', 'appointment', 'electricity', 'water'],
  ...['gas', 'cards', 'wallet', 'points', 'wealth', 'invest', 'holdings', 'human', 'agent', 'menu', 'help', 'cancel'],
])

/** What to call somebody: one word of letters. undefined for a yes, a greeting and a wish, which are no names. */
export function readNick(words: string): { readonly nick: string } | 'none' | undefined {
  const agreed = readYes(words)
  if (agreed !== undefined) return agreed ? undefined : 'none'
  const said = toPlainWords(words)
  if (pleasantries.has(said) || wishes.test(said) || wishesInEnglish.has(said)) return undefined
  const nick = words.normalize('NFKC').trim()
  return /^[\p{L}\p{M}·'’-]+$/u.test(nick) && [...nick].length <= longest ? { nick } : undefined
}
