import type { PhoneView } from '../../src/views.ts'

const codePattern = /(?<!\d)\d{4,8}(?!\d)/
const wordPattern = /验证码|校验码|动态码|确认码|code|passcode/i
const freshMs = 180_000

/** The one-time code in a short message, if it names one. */
export function findCode(text: string): string | undefined {
  const word = wordPattern.exec(text)
  if (!word) return undefined
  const after = codePattern.exec(text.slice(word.index))
  return (after ?? codePattern.exec(text))?.[0]
}

/** The newest code that came by SMS in the last minutes and that the user has not passed on since. */
export function findFreshCode(view: PhoneView, now: Date): string | undefined {
  const sms = view.threads.filter(({ kind }) => kind === 'sms').flatMap(({ messages }) => messages)
  const fresh = sms.filter(({ direction, at }) => direction === 'in' && now.getTime() - Date.parse(at) < freshMs)
  const newest = fresh.toSorted((a, b) => b.at.localeCompare(a.at)).find(({ text }) => findCode(text ?? ''))
  const code = findCode(newest?.text ?? '')
  const since = newest?.at ?? ''
  const all = view.threads.flatMap(({ messages }) => messages)
  const sent = all.some(({ direction, text, at }) => direction === 'out' && text === code && at >= since)
  return sent ? undefined : code
}
