import { readNumeral } from './read-numeral.ts'

const yes = /^(?:继续|好|好的|行|可以|是|是的|对|确认|同意|go on|continue|yes|ok|okay|sure)$/
const no = /^(?:以后再说|以后|不|不了|不用|不用了|不要|不是|算了|later|no|no thanks|not now)$/

/** `继续` and `以后再说` in other words; undefined for anything that is more than a yes or a no. */
export function readGoOn(words: string): 'yes' | 'no' | undefined {
  const plain = tidy(words)
  if (yes.test(plain)) return 'yes'
  return no.test(plain) ? 'no' : undefined
}

/** `12`, `12个月`, `十二个月`, `一年`, `半年`, `12 months`, `2 years`: how many months. */
export function readMonths(words: string): number | undefined {
  const plain = tidy(words)
  if (plain === '半年' || plain === 'half a year') return 6
  const [, amount = '', unit = ''] = /^(.+?)\s*(个月|个?月|期|年半|年|months?|years?)?$/.exec(plain) ?? []
  const named = amount === 'a' || amount === 'one' ? 1 : undefined
  const count = /^\d{1,3}$/.test(amount) ? Number(amount) : (readNumeral(amount) ?? named)
  if (count === undefined) return undefined
  const years = unit.startsWith('年') || unit.startsWith('year')
  return years ? count * 12 + (unit === '年半' ? 6 : 0) : count
}

/** `我最多可以贷多少钱？`, `How much money could I borrow?` and the like. */
export function readHowMuch(words: string): { first: 'estimate' } | undefined {
  const plain = words
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/[?。.!]+$/, '')
  const asks =
    /^(?:请问)?我?(?:现在)?(?:最多|大概)?(?:能|可以)(?:贷款?|借)(?:到)?多少(?:钱|款)?(?:呀|呢|啊)?$/.test(plain) ||
    /^how much (?:money )?(?:could|can|may) i (?:borrow|get as a loan)(?: from you)?$/.test(plain)
  return asks ? { first: 'estimate' } : undefined
}

function tidy(words: string): string {
  return words
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/[。.!！]$/, '')
}
