/** What a credit costs, in its payments. */
const offers = [
  /每期|月供|每个?月(?:应|需|只需|仅需)?还|分\s?(?:\d+|[一二三六九十]+)\s?(?:期|个月)|\/ ?期/,
  /\b(?:per|a|each|every) month\b|\/ ?mo(?:nth)?\b|\bmonthly (?:payments?|instal?ments?)\b/i,
  /\b(?:\d+|three|six|nine|twelve) instal?ments?\b|\binstal?ments? of\b/i,
]

/** Its name alone is none yet: a button to pay in instalments, beside the price. With a lure it is. */
const names = [/分期/, /\binstal?ments?\b/i]

const amount = /[¥￥$€£]\s?\d|\b[A-Z]{3} ?\d|\d(?:[\d,.]*)\s?(?:元|块钱?|万|yuan\b|fen\b)/

/** The words of the rate and its figure beside them, whichever comes first. */
const rate = [
  /年(?:化)?(?:综合)?(?:资金成本|利率|化率)?[^\n%％]{0,24}\d(?:[\d.]*)\s?[%％]/,
  /\b(?:annual (?:percentage )?rate|APR|per annum|p\.a\.)[^\n%％]{0,24}\d(?:[\d.]*)\s?[%％]/i,
  /\d(?:[\d.]*)\s?[%％]\s?(?:annual(?:ly)?\b|APR\b|a year\b|per annum\b|p\.a\.)/i,
]

/** Right before the figure. */
const rateWords = /(?:年利率|年化[^\n%]{0,8}|annual (?:percentage )?rate|APR)[：:\s（(]*(?:of )?$/i

/** What is told of something that was agreed to: a receipt has a number, a reminder a day on which it is due. */
const agreed = [
  /单号|已(?:办理|签署|签约|受理|还清|还款|扣款|入账|发放|到账|缴|付|结清|逾期|提前)/,
  /应还|还款日|还款提醒|逾期|结清|自动扣款/,
  /\b(?:order|receipt)(?: number)?:? |\b(?:is|are|was|were) (?:due|overdue|paid|settled|repaid)\b/i,
  /\bdue on\b|\brepaid\b|\bsettled\b/i,
]

const lures = [/低至|免息|只需|\d[\d.]*\s?元?起/, /\bfrom (?:only )?[¥$]|\bonly [¥$]|\binterest[- ]free\b/i]

/** What invites somebody, whatever else is said: then a receipt is an offer. */
const invites = [/可(?:以)?分|申请|想要?(?:分期|办)|要(?:不要)?(?:分期|办)|选择?分/, /\bapply\b|\bwould you like\b/i]

const says = (text: string, words: readonly RegExp[]): boolean => words.some((word) => word.test(text))

/**
 * Whether a card or a text shows a credit without its annual rate, and so can't be sent: it speaks of instalments, it
 * names an amount, and nowhere in it an annual rate stands with its figure. What only tells of a credit that was
 * agreed to (a receipt, a reminder) is none, unless it invites to another one. `text` is all that is read together: a
 * card's title, description and buttons.
 */
export function lintCredit(text: string): boolean {
  if (!amount.test(text) || says(text, rate)) return false
  if (says(text, names) && says(text, lures)) return true
  return says(text, offers) && (says(text, invites) || !says(text, agreed))
}

/**
 * The same of a wording, before anything is filled in: an amount is some amount. What a variable of words will hold
 * nobody knows; one that is named for the rate, or follows its words, is taken for it, and the message is judged once
 * more when it is sent.
 */
export function lintWording(source: string, vars: Readonly<Record<string, string>>): boolean {
  const written = source.replaceAll(/\{\{(?:[#/]if[^}]*|else)\}\}/g, '')
  const filled = written.replaceAll(/\{\{\s*([A-Za-z0-9_]+)\s*\}\}/g, (_tag, name: string, at: number) => {
    if (vars[name] === 'money') return '¥100.00'
    const isRate = /rate/i.test(name) || rateWords.test(written.slice(0, at))
    return vars[name] === 'text' && isRate ? '年利率 1.00%' : ' '
  })
  return lintCredit(filled)
}
