import { lexicon, longestWord } from './lexicon.ts'
import { findNumeral } from './numeral.ts'
import type { Token } from './token.ts'

interface Piece {
  readonly length: number
  readonly tokens: readonly Token[]
}

/** The best way to go on from a place in the text: how many pieces, and the first of them. */
interface Way {
  readonly count: number
  readonly piece: Piece
}

const blank: readonly Token[] = []
const latin = /[a-z]/
const digit = /[0-9]/
const digitsAhead = /[0-9]{1,4}(?![0-9])/y
const ordinalAhead = /([0-9]{1,2})(?:st|nd|rd|th)(?![a-z])/y

/**
 * Divides a normalised sentence into known words, as few as possible, so that 成都西安 is two cities and not a station and
 * a rest. undefined as soon as anything in it is unknown. Work and memory grow with the length only.
 */
export function tokenise(text: string): readonly Token[] | undefined {
  const ways: (Way | undefined)[] = new Array<Way | undefined>(text.length)
  for (let at = text.length - 1; at >= 0; at -= 1) ways[at] = findWay(text, at, ways)
  const tokens: Token[] = []
  for (let at = 0; at < text.length;) {
    const way = ways[at]
    if (!way) return undefined
    tokens.push(...way.piece.tokens)
    at += way.piece.length
  }
  return tokens
}

function findWay(text: string, at: number, ways: readonly (Way | undefined)[]): Way | undefined {
  let best: Way | undefined
  for (const piece of listPieces(text, at)) {
    const after = at + piece.length
    const rest = after === text.length ? 0 : ways[after]?.count
    if (rest !== undefined && (!best || rest + 1 <= best.count)) best = { count: rest + 1, piece }
  }
  return best
}

/** What may stand at this place, the shorter before the longer. */
function* listPieces(text: string, at: number): Generator<Piece> {
  const sign = text.charAt(at)
  if (sign === ' ') yield { length: 1, tokens: blank }
  if (marks.has(sign)) yield { length: 1, tokens: [{ kind: 'mark', mark: marks.get(sign) ?? sign }] }
  yield* listNumbers(text, at)
  if (latin.test(sign) && latin.test(text.charAt(at - 1))) return
  for (let length = 1; length <= longestWord && at + length <= text.length; length += 1) {
    const tokens = lexicon.get(text.slice(at, at + length))
    if (tokens && !isCut(text, at + length)) yield { length, tokens }
  }
}

/** 成都–北京, 成都→北京: however people draw it. Commas and full stops only divide. */
const marks = new Map([
  ...[...'-–—→~>'].map((sign) => [sign, 'arrow'] as const),
  ...[...',;!?。'].map((sign) => [sign, 'gap'] as const),
  ...[...'./:'].map((sign) => [sign, sign] as const),
])

function isCut(text: string, end: number): boolean {
  return latin.test(text.charAt(end - 1)) && latin.test(text.charAt(end))
}

function* listNumbers(text: string, at: number): Generator<Piece> {
  if (digit.test(text.charAt(at))) yield* listDigits(text, at)
  for (let length = 1; length <= 4 && at + length <= text.length; length += 1) {
    const numeral = text.slice(at, at + length)
    const value = findNumeral(numeral)
    if (value !== undefined) yield { length, tokens: [{ kind: 'number', value, text: numeral }] }
  }
}

/** Digits are taken whole or not at all; more than four of them are no part of a date or a count. */
function* listDigits(text: string, at: number): Generator<Piece> {
  if (digit.test(text.charAt(at - 1))) return
  const digits = match(digitsAhead, text, at)?.[0]
  if (digits !== undefined) {
    yield { length: digits.length, tokens: [{ kind: 'number', value: Number(digits), text: digits }] }
  }
  const ordinal = match(ordinalAhead, text, at)
  if (ordinal) {
    yield { length: ordinal[0].length, tokens: [{ kind: 'ordinal', value: Number(ordinal[1]), inDigits: true }] }
  }
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}
