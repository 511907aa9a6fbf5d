import type { Wish } from '../words/read-wish.ts'
import type { Answer, BookContext, BookState, Decision } from './slots.ts'

/** What starts the flow. Only a complete sentence is shown again for a check: whoever is asked knows what was said. */
export function beginTrip(wish: Wish): BookState {
  const complete = wish.fromCity !== undefined && wish.toCity !== undefined && wish.date !== undefined
  return { ...wish, checked: !complete }
}

/** What an answer changes. The slot itself is emptied, so that the next question is asked. */
export function applyAnswer(answer: Answer, { state }: BookContext): Partial<BookState> {
  const afresh = { answer: undefined, detour: undefined, passengers: undefined, page: 0, checked: true }
  return { ...afresh, ...changeOf(answer, state) }
}

/** A wish that was said when the train was already chosen. */
export function applyDecision(decision: Decision, context: BookContext): Partial<BookState> {
  return typeof decision === 'string' ? {} : applyAnswer(decision, context)
}

function changeOf(answer: Answer, state: BookState): Partial<BookState> {
  if (typeof answer === 'string') return buttonChange(answer, state)
  if (!('train' in answer)) return answer
  return { chosen: state.offers?.find((offer) => offer.number === answer.train), page: state.page }
}

function buttonChange(button: Extract<Answer, string>, { fromCity, toCity, page = 0 }: BookState): Partial<BookState> {
  switch (button) {
    case 'right':
      return {}
    case 'change':
      return { detour: 'change' }
    case 'date':
      return { date: undefined }
    case 'part':
      return { detour: 'part', dayPart: undefined }
    case 'route':
      return { fromCity: undefined, toCity: undefined }
    case 'swap':
      return { fromCity: toCity, toCity: fromCity }
    case 'later':
      return { page: page + 1 }
  }
}
