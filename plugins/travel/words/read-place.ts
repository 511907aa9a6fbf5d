import type { Match, Rule } from './finding.ts'
import type { Token } from '../vocabulary/token.ts'

/** 从成都 · 成都出发 · 去北京 · 成都-北京 · from Chengdu · for Beijing · a city without any mark */
export const readPlace: Rule = ({ tokens }, at) => {
  const token = tokens[at]
  if (!token) return undefined
  const next = tokens[at + 1]
  if (token.kind === 'city') return next?.kind === 'departs' ? place(2, token, 'from') : place(1, token, undefined)
  const role = roleOf(token, tokens[at - 1])
  if (role === undefined || next?.kind !== 'city') return undefined
  const departs = role === 'from' && tokens[at + 2]?.kind === 'departs'
  return place(departs ? 3 : 2, next, role)
}

function roleOf(token: Token, before: Token | undefined): 'from' | 'to' | undefined {
  if (token.kind === 'from' || token.kind === 'leaving') return 'from'
  if (token.kind === 'to' || token.kind === 'for') return 'to'
  // An arrow needs a city at both ends.
  return token.kind === 'mark' && token.mark === 'arrow' && before?.kind === 'city' ? 'to' : undefined
}

function place(length: number, token: Extract<Token, { kind: 'city' }>, role: 'from' | 'to' | undefined): Match {
  return { length, finding: { kind: 'place', city: token.city, role } }
}
