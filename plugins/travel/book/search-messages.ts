import { cardMessage, reply, textMessage, type Content, type Suggestion } from '@inthread/sdk'
import { addDays, type Day } from '../rail/calendar.ts'
import type { Answer, BookContext } from './slots.ts'
import { cityName, className, classOf, lastDay, noonOf, partName, today, tripVars } from './trip.ts'

export function originQuestion(context: BookContext): Content<Answer> {
  const { state, t } = context
  const to = state.toCity && cityName(state.toCity, context)
  return textMessage(to ? t('askOriginFor', { to }) : t('askOrigin'), cityChips(context, 'fromCity'))
}

export function destinationQuestion(context: BookContext): Content<Answer> {
  const { state, t } = context
  const from = state.fromCity ? cityName(state.fromCity, context) : ''
  return textMessage(t('askDestination', { from }), cityChips(context, 'toCity'))
}

function cityChips(context: BookContext, slot: 'fromCity' | 'toCity'): Suggestion<Answer>[] {
  const { config, state, t } = context
  const taken = slot === 'fromCity' ? state.toCity : state.fromCity
  const offered = config.popularCities.filter((city) => city !== taken)
  return offered.map((city) => reply<Answer>(t('cityChip', { city: cityName(city, context) }), { [slot]: city }))
}

export function dateQuestion(context: BookContext): Content<Answer> {
  const { state, t } = context
  const from = state.fromCity ? cityName(state.fromCity, context) : ''
  const to = state.toCity ? cityName(state.toCity, context) : ''
  const first = today(context)
  const example = noonOf(addDays(first, 1), context)
  return textMessage(
    t('askDate', { from, to, example }),
    [0, 1, 2].map((ahead) => nearDayChip(context, ahead)),
  )
}

function nearDayChip(context: BookContext, ahead: number): Suggestion<Answer> {
  const { t } = context
  const day = addDays(today(context), ahead)
  const date = noonOf(day, context)
  if (ahead === 0) return reply<Answer>(t('todayChip', { date }), { date: day })
  return reply<Answer>(ahead === 1 ? t('tomorrowChip', { date }) : t('dayAfterChip', { date }), { date: day })
}

/** The three days after the one that is full or over, as far as they are on sale. */
export function laterDayChips(after: Day, context: BookContext): Suggestion<Answer>[] {
  const offered = [1, 2, 3].map((ahead) => addDays(after, ahead)).filter((day) => day <= lastDay(context))
  return offered.map((day) => reply<Answer>(context.t('dayChip', { date: noonOf(day, context) }), { date: day }))
}

export function checkQuestion(context: BookContext): Content<Answer> {
  const { state, t } = context
  return cardMessage<Answer>({
    title: t('checkTitle', { ...tripVars(context), part: partName(context) }),
    description: t('checkBody', { seatClass: className(classOf(state), context) }),
    suggestions: [reply<Answer>(t('right'), 'right'), reply<Answer>(t('wrong'), 'change')],
  })
}

export function changeQuestion({ t }: BookContext): Content<Answer> {
  return textMessage<Answer>(t('askChange'), [
    reply<Answer>(t('changeDate'), 'date'),
    reply<Answer>(t('changePart'), 'part'),
    reply<Answer>(t('changeRoute'), 'route'),
    reply<Answer>(t('swap'), 'swap'),
  ])
}

export function sameCityNote(context: BookContext): Content {
  const city = context.state.fromCity ? cityName(context.state.fromCity, context) : ''
  return textMessage(context.t('sameCity', { city }))
}

export function pastDateNote(context: BookContext): Content {
  return textMessage(context.t('pastDate', { date: noonOf(context.state.date ?? today(context), context) }))
}

export function farDateNote(context: BookContext): Content {
  return textMessage(context.t('farDate', { last: noonOf(lastDay(context), context) }))
}
