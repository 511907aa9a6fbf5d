import { money, type Money } from '@inthread/sdk'
import { writeText } from '@inthread/sdk/testing'
import { describe, expect, it } from 'vitest'
import { contract } from '../contract.ts'
import plugin from '../plugin.ts'
import { cities } from '../rail/cities.ts'
import { dayPartNames, seatClassNames } from '../rail/names.ts'

const { texts, locales } = contract.declaration
const names = Object.keys(texts) as (keyof typeof texts)[]

/** The longest value that each variable can have in a label. */
const longest: Readonly<Record<string, string>> = {
  city: longestOf(Object.values(cities).map((city) => city.en)),
  part: longestOf(Object.values(dayPartNames).map((part) => part.en)),
  seatClass: longestOf(Object.values(seatClassNames).map((seatClass) => seatClass.en)),
  number: 'G9999',
}

const labels: readonly (keyof typeof texts)[] = [
  ...(['cityChip', 'todayChip', 'tomorrowChip', 'dayAfterChip', 'dayChip', 'right', 'wrong'] as const),
  ...(['changeDate', 'changePart', 'changeRoute', 'swap', 'partChip', 'anyPart', 'classChip', 'choose'] as const),
  ...(['laterTrains', 'changeSearch', 'pay', 'anotherTrain', 'otherClass', 'addToCalendar'] as const),
  ...(['tryAgain', 'noThanks'] as const),
]

function longestOf(values: readonly string[]): string {
  return values.toSorted((left, right) => right.length - left.length)[0] ?? ''
}

function valueOf(variable: string, kind: string): string | number | Money {
  if (kind === 'money') return money('99999.99', 'CNY')
  if (kind === 'count') return 50
  return kind === 'text' ? (longest[variable] ?? 'Shanghai Hongqiao') : Date.parse('2026-12-31T15:45:00Z') * 1000
}

function render(name: keyof typeof texts, locale: string): string {
  const kinds = Object.entries<string>(texts[name].vars)
  const vars = Object.fromEntries(kinds.map(([key, kind]) => [key, valueOf(key, kind)]))
  return writeText(plugin, { template: name, vars }, { locale, timeZone: 'Asia/Shanghai' })
}

describe.each(locales)('the texts in %s', (locale) => {
  it.each(names)('%s uses all of its variables and no other', (name) => {
    const wording = (texts[name].wording as Readonly<Record<string, string>>)[locale] ?? ''
    const used = [...wording.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1])
    expect(new Set(used)).toEqual(new Set(Object.keys(texts[name].vars)))
    expect(used).toEqual(expect.arrayContaining([...texts[name].keep]))
  })

  it.each(names)('%s is written in full', (name) => {
    const written = render(name, locale)
    expect(written).not.toMatch(/[{}]|undefined|NaN/)
    expect(written).not.toMatch(/^\s|\s$|^[【[]/)
    expect(written.length).toBeLessThanOrEqual(name.endsWith('Title') ? 200 : 2000)
  })

  it.each(labels)('the label %s fits on a button with its longest values', (name) => {
    expect([...render(name, locale)].length).toBeLessThanOrEqual(25)
  })
})

describe('the texts', () => {
  it('hold no Chinese in English', () => {
    expect(names.filter((name) => /\p{Script=Han}/u.test(texts[name].wording['en'] ?? ''))).toEqual([])
  })
})
