import type { Token } from './token.ts'

const today = (plusDays: number): Token => ({ kind: 'today', plusDays })
const part = (name: Extract<Token, { kind: 'part' }>['part']): Token => ({ kind: 'part', part: name })
const seatClass = (name: Extract<Token, { kind: 'class' }>['seatClass']): Token => ({ kind: 'class', seatClass: name })

/** Each line: the expressions, divided by bars, and what any of them means. */
const meanings: readonly (readonly [words: string, ...tokens: Token[]])[] = [
  ['from', { kind: 'from' }],
  ['leaving|leave|departing|depart', { kind: 'leaving' }],
  ['to|into', { kind: 'to' }],
  ['for', { kind: 'for' }],

  ['today', today(0)],
  ['tomorrow|tmr', today(1)],
  ['the day after tomorrow|day after tomorrow', today(2)],
  ['yesterday', today(-1)],
  ['the day before yesterday', today(-2)],
  ['tonight|this evening', today(0), part('evening')],
  ['this morning', today(0), part('morning')],
  ['this afternoon', today(0), part('afternoon')],
  ['in the morning|morning', part('morning')],
  ['at noon|noon|midday', part('noon')],
  ['in the afternoon|afternoon', part('afternoon')],
  ['in the evening|evening|at night|night', part('evening')],
  ['any time|anytime|whenever|all day', part('any')],
  ["o'clock|o’clock|oclock", { kind: 'unit', unit: 'oClock' }],
  ['am|a.m.|a.m', { kind: 'meridiem', plusHours: 0 }],
  ['pm|p.m.|p.m', { kind: 'meridiem', plusHours: 12 }],
  ['days|day', { kind: 'unit', unit: 'days' }],
  ['at|around|about', { kind: 'at' }],
  ['in', { kind: 'in' }],
  ['of', { kind: 'of' }],

  ['second class|2nd class|second-class', seatClass('second')],
  ['first class|1st class|first-class', seatClass('first')],
  ['business class|business-class|business', seatClass('business')],

  ['people|persons|person|passengers|passenger|adults|adult', { kind: 'passenger' }],
  ['train tickets|train ticket|rail tickets|rail ticket', { kind: 'ticket', surely: true }],
  ['tickets|ticket|seats|seat', { kind: 'ticket', surely: false }],
  ['trains|train|by train|by rail|railway', { kind: 'train' }],

  ["i|i am|i'm|im|i'd like|i would like|i'd|we|we are|we're|we would like|we'd like|me|us", { kind: 'filler' }],
  ['want|wanna|need|would like|please|pls|hello|hi|hey|thanks|thank you', { kind: 'filler' }],
  ['go|going|travel|travelling|traveling|ride|take|get|getting|show|give', { kind: 'filler' }],
  ['book|booking|buy|buying|purchase|reserve|find|search|look|looking|check', { kind: 'filler' }],
  ['to go|to travel|to book|to buy|to get|to take|to find|to reserve|to ride', { kind: 'filler' }],
  ['to check|to see|to depart|to leave|to purchase', { kind: 'filler' }],
  ['can|could|can you|could you|is there|are there|do you have|have you got', { kind: 'filler' }],
  ['what|which|what is|how much|how much is|how much are', { kind: 'filler' }],
  ['a|an|the|some|any|on|one-way|one way|high-speed|high speed', { kind: 'filler' }],
]

const weekdayNames = [
  'monday|mon',
  'tuesday|tue|tues',
  'wednesday|wed',
  'thursday|thu|thur|thurs',
  'friday|fri',
  'saturday|sat',
  'sunday|sun',
]

const monthNames = [
  'january|jan|jan.',
  'february|feb|feb.',
  'march|mar|mar.',
  'april|apr|apr.',
  'may',
  'june|jun|jun.',
  'july|jul|jul.',
  'august|aug|aug.',
  'september|sep|sept|sep.|sept.',
  'october|oct|oct.',
  'november|nov|nov.',
  'december|dec|dec.',
]

const numberNames = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve']

const ordinalNames = [
  'first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth',
  'eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth',
  'twenty-first|twenty-second|twenty-third|twenty-fourth|twenty-fifth|twenty-sixth|twenty-seventh|twenty-eighth',
  'twenty-ninth|thirtieth|thirty-first',
]

type Entry = readonly [string, readonly Token[]]

export function* englishWords(): Generator<Entry> {
  for (const [words, ...tokens] of meanings) for (const word of words.split('|')) yield [word, tokens]
  for (const [index, names] of weekdayNames.entries()) {
    for (const name of names.split('|')) yield* weekdays(name, index + 1)
  }
  for (const [index, names] of monthNames.entries()) {
    for (const name of names.split('|')) yield [name, [{ kind: 'month', month: index + 1 }]]
  }
  for (const [index, name] of numberNames.entries()) yield [name, [{ kind: 'number', value: index + 1, text: name }]]
  for (const [index, name] of ordinalNames.join('|').split('|').entries()) {
    yield [name, [{ kind: 'ordinal', value: index + 1, inDigits: false }]]
  }
}

function* weekdays(name: string, weekday: number): Generator<Entry> {
  yield [name, [{ kind: 'weekday', weekday, weeks: undefined }]]
  yield [`this ${name}`, [{ kind: 'weekday', weekday, weeks: undefined }]]
  yield [`next ${name}`, [{ kind: 'weekday', weekday, weeks: 1 }]]
  yield [`${name} next week`, [{ kind: 'weekday', weekday, weeks: 1 }]]
}
