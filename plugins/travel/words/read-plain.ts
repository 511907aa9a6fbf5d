import type { Match, Rule } from './finding.ts'
import type { Token } from '../vocabulary/token.ts'

/** 一张 · two tickets · 2 second class tickets */
export const readPassengers: Rule = ({ tokens }, at) => {
  const number = tokens[at]
  if (number?.kind !== 'number' || number.value < 1 || number.value > 99) return undefined
  const next = tokens[at + 1]
  const counted = next?.kind === 'class' || next?.kind === 'train' ? tokens[at + 2] : next
  if (counted?.kind !== 'passenger' && counted?.kind !== 'ticket') return undefined
  // 张 belongs to its number; "tickets" is read once more by itself, because it may say that a train is meant.
  const length = counted === next && counted.kind === 'passenger' ? 2 : 1
  return { length, finding: { kind: 'passengers', count: number.value } }
}

/** Words that say one thing wherever they stand. */
export const readPlain: Rule = ({ tokens }, at) => {
  const token = tokens[at]
  return token ? plainMatch(token) : undefined
}

function plainMatch(token: Token): Match | undefined {
  switch (token.kind) {
    case 'part':
      return { length: 1, finding: { kind: 'part', part: token.part } }
    case 'class':
      return { length: 1, finding: { kind: 'class', seatClass: token.seatClass } }
    case 'train':
      return { length: 1, finding: { kind: 'train' } }
    case 'ticket':
      return token.surely ? { length: 1, finding: { kind: 'train' } } : { length: 1 }
    case 'mark':
      return token.mark === 'gap' || token.mark === '.' ? { length: 1, finding: { kind: 'gap' } } : undefined
    case 'filler':
    case 'leaving':
    case 'departs':
    case 'for':
      return { length: 1 }
    default:
      return undefined
  }
}
