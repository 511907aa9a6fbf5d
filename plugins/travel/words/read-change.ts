import type { When } from '../change/change-slots.ts'
import { normalise } from '../vocabulary/normalise.ts'
import { readAnswer, type Moment } from './read-wish.ts'

const lead = /^(?:我?(?:要|想)?(?:把票)?改签?(?:到|成|为)|(?:please )?(?:change|move) my (?:ticket|train) to )/u

/** 改签到后天, 改到下午: a wish for another train of somebody who has a ticket. Another route is another ticket. */
export function readChange(words: string, moment: Moment): When | undefined {
  const text = normalise(words)
  if (!lead.test(text)) return undefined
  return readWhen(text.replace(lead, ''), moment)
}

/** 下午, 后天上午, 换到周五 */
export function readWhen(words: string, moment: Moment): When | undefined {
  const { date, dayPart, seatClass, fromCity, toCity } = readAnswer(words, moment) ?? {}
  if (fromCity !== undefined || toCity !== undefined) return undefined
  const when = { ...(date && { date }), ...(dayPart && { dayPart }), ...(seatClass && { seatClass }) }
  return Object.keys(when).length > 0 ? when : undefined
}
