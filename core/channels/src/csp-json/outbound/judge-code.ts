/**
 * What an error code of the operator means for a call. Codes that the specification names are final unless waiting or a
 * fresh token helps; so are the private ranges, whose codes seen live all complain about content. A code that nobody
 * documents is tried again later, because a repeated message keeps its id and cannot double, while giving up could lose
 * one; the outbox bounds the tries and shows the code.
 */
export type CodeVerdict =
  | { readonly kind: 'token_refused'; readonly reason: string }
  | { readonly kind: 'retry'; readonly afterMs: number; readonly reason: string }
  | { readonly kind: 'rejected'; readonly reason: string }

interface Meaning {
  readonly words: string
  /** Absent: never the same again. */
  readonly afterMs?: number
  readonly freshToken?: true
}

const hourMs = 3_600_000

const meanings: ReadonlyMap<number, Meaning> = new Map<number, Meaning>([
  [-1, { words: 'the platform is busy', afterMs: 2000 }],
  [-2, { words: 'the platform has an internal error', afterMs: 30_000 }],
  [20002, { words: 'a parameter is wrong' }],
  [20003, { words: 'the request is wrong' }],
  [30001, { words: 'the daily quota is used up', afterMs: hourMs }],
  [30002, { words: 'the monthly quota is used up' }],
  [30003, { words: 'too many messages in this second', afterMs: 1000 }],
  [30004, { words: 'the yearly quota is used up' }],
  [30006, { words: 'the check of the callback address failed' }],
  [30008, { words: 'the sender is not this chatbot' }],
  [40001, { words: 'appKey or token is wrong' }],
  [40005, { words: 'the file type is not allowed' }],
  [40006, { words: 'the file is too large' }],
  [40007, { words: 'the media address is not usable, or not yet audited' }],
  [40008, { words: 'the content breaks the message rules' }],
  [40014, { words: 'the access token is not valid', freshToken: true }],
  [40016, { words: 'the number of buttons is wrong' }],
  [40017, { words: 'the type of a button is wrong' }],
  [40018, { words: 'the name of a button is wrong' }],
  [40019, { words: 'the key of a button is wrong' }],
  [40020, { words: 'the address of a button is wrong' }],
  [40021, { words: 'the text is too long' }],
  [40022, { words: 'the temporary file has expired' }],
  [41001, { words: 'the access token is missing', freshToken: true }],
  [41002, { words: 'appId is missing' }],
  [41004, { words: 'appKey is missing' }],
  [42001, { words: 'the access token has expired', freshToken: true }],
  [43001, { words: 'the method is wrong' }],
  [45001, { words: 'too many calls', afterMs: 5000 }],
  [45010, { words: 'the time to answer the user is over' }],
  [46001, { words: 'the user is not known' }],
  [46002, { words: 'the user is not known' }],
  [46003, { words: 'the user is not known' }],
  [47001, { words: 'the body could not be parsed' }],
  [47002, { words: 'the body could not be parsed' }],
  [48001, { words: 'the account may not do this' }],
  [70001, { words: 'the account is restricted' }],
])

const unknownAfterMs = 60_000

export function judgeCode(code: number): CodeVerdict {
  const meaning = meanings.get(code)
  if (!meaning) return judgeRange(code)
  const reason = `operator.${code}: ${meaning.words}`
  if (meaning.freshToken) return { kind: 'token_refused', reason }
  return meaning.afterMs === undefined
    ? { kind: 'rejected', reason }
    : { kind: 'retry', afterMs: meaning.afterMs, reason }
}

function judgeRange(code: number): CodeVerdict {
  const documented = within(code, 20_000, 29_999) || within(code, 40_000, 40_099)
  if (documented) return { kind: 'rejected', reason: `operator.${code}: the request is refused` }
  const own = within(code, 81_000, 83_999) || within(code, 87_000, 89_999)
  if (own) return { kind: 'rejected', reason: `operator.${code}: refused by a rule of this operator's own` }
  return { kind: 'retry', afterMs: unknownAfterMs, reason: `operator.${code}: not a documented code` }
}

function within(code: number, from: number, to: number): boolean {
  return code >= from && code <= to
}
