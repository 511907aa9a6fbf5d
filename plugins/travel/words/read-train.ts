import { normalise } from '../vocabulary/normalise.ts'
import { findNumeral } from '../vocabulary/numeral.ts'

const ordinals = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth']
const polite = /^(?:我?要|我?选|就|订|take |choose |the )+|(?:吧|的)$/gu
const counted = /^(?:第)?([0-9一二三四五六七八九十两]{1,2})(?:个|趟|班|列|辆)?$/u
const longestChoice = 30

/**
 * Which of the trains on the screen is meant: by number (`G308`, `308`), or by place (第二趟, "the first one"). undefined
 * when it is none of them, or could be two.
 */
export function readTrain(words: string, numbers: readonly string[]): string | undefined {
  if (words.length > longestChoice) return undefined
  const text = normalise(words).replace(polite, '')
  const named = numbers.filter((number) => [number, number.slice(1)].some((name) => name.toLowerCase() === text))
  const placed = placeOf(text, numbers.length)
  const meant = new Set([...named, ...(placed === undefined ? [] : [numbers[placed]])])
  return meant.size === 1 ? [...meant][0] : undefined
}

function placeOf(text: string, count: number): number | undefined {
  const english = ordinals.indexOf(text.replace(/ (?:one|train)$/u, ''))
  const digits = counted.exec(text)?.[1] ?? ''
  const place = /[0-9]/u.test(digits) ? Number(digits) : (findNumeral(digits) ?? 0)
  if (/^(?:last|最后)(?: one| train|一?趟|一?班|一?个)?$/u.test(text)) return count - 1
  const index = english >= 0 ? english : place - 1
  return index >= 0 && index < count ? index : undefined
}
