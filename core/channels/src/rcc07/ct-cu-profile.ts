import { findInstant } from '@inthread/sdk/time'
import { has, isObject, listOf, text, type JsonObject, type Problem, type Rule } from './rule.ts'

/**
 * What China Telecom and China Unicom ask beyond RCC.07, together with our own caution as a sender: links a phone can
 * open without harm, labels that can be told apart in a list, numbers that can be dialled, times that are times.
 */
export function listCtCuMessageProblems(message: unknown): readonly Problem[] {
  return [...listPlaceProblems(message, ''), ...listTallMediaProblems(message)]
}

/** Two levels: at most three entries on top, five below. */
export function listCtCuMenuProblems(menu: unknown): readonly Problem[] {
  const root = isObject(menu) ? menu['menu'] : undefined
  const entries = isObject(root) ? root['entries'] : undefined
  return [...topEntries(entries, '/menu/entries'), ...listPlaceProblems(menu, '')]
}

export function listCtCuTextProblems(value: unknown): readonly Problem[] {
  return text({ min: 1, max: 2000 })(value, '')
}

const topEntries = listOf(subEntriesOf, { min: 1, max: 3 })
const lastEntries = listOf(noMenu, { min: 1, max: 5 })

function subEntriesOf(entry: unknown, pointer: string): readonly Problem[] {
  const sub = isObject(entry) ? entry['menu'] : undefined
  return isObject(sub) ? lastEntries(sub['entries'], `${pointer}/menu/entries`) : []
}

function noMenu(entry: unknown, pointer: string): readonly Problem[] {
  const deeper = isObject(entry) && has(entry, 'menu')
  return deeper ? [{ pointer: `${pointer}/menu`, message: 'is one level too deep: two levels are allowed' }] : []
}

/** Fields that mean the same wherever they stand. */
const rulesByName: ReadonlyMap<string, Rule> = new Map([
  ['url', webAddress],
  ['fallbackUrl', webAddress],
  ['mediaUrl', webAddress],
  ['thumbnailUrl', webAddress],
  ['style', webAddress],
  ['phoneNumber', dialable],
  ['startTime', pointInTime],
  ['endTime', pointInTime],
  ['suggestions', distinctLabels],
  ['entries', distinctLabels],
])

/** No lawful body is deeper; a bound keeps the walk finite whatever it is given. */
const deepest = 20

function listPlaceProblems(value: unknown, pointer: string, depth = 1): readonly Problem[] {
  if (depth > deepest || typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, item]: [string, unknown]) => {
    const place = `${pointer}/${escapeName(name)}`
    const rule = Array.isArray(value) ? undefined : rulesByName.get(name)
    return [...(rule?.(item, place) ?? []), ...listPlaceProblems(item, place, depth + 1)]
  })
}

function webAddress(value: unknown, pointer: string): readonly Problem[] {
  if (typeof value !== 'string') return []
  if (!/^https?:\/\/[^\s\p{Cc}]+$/iu.test(value) || !URL.canParse(value)) {
    return [{ pointer, message: 'must be a full https or http address' }]
  }
  const { username, password } = new URL(value)
  return username === '' && password === '' ? [] : [{ pointer, message: 'must not carry a user name or password' }]
}

function dialable(value: unknown, pointer: string): readonly Problem[] {
  if (typeof value !== 'string' || /^\+?\d{3,20}$/.test(value)) return []
  return [{ pointer, message: 'must be digits, with an optional + in front' }]
}

function pointInTime(value: unknown, pointer: string): readonly Problem[] {
  if (typeof value !== 'string' || findInstant(value) !== undefined) return []
  return [{ pointer, message: 'must be an RFC 3339 date and time with a zone' }]
}

/** After a fall back to plain text, the user names a suggestion by its label. */
function distinctLabels(list: unknown, pointer: string): readonly Problem[] {
  if (!Array.isArray(list)) return []
  const labels = list.map(findLabel)
  return labels.flatMap((label, index) =>
    label !== undefined && labels.indexOf(label) < index
      ? [{ pointer: `${pointer}/${index}`, message: 'has a label that stands in this list already' }]
      : [],
  )
}

function findLabel(entry: unknown): string | undefined {
  if (!isObject(entry)) return undefined
  const holder = ['reply', 'action', 'menu'].map((kind) => entry[kind]).find(isObject)
  const label = holder?.['displayText']
  return typeof label === 'string' ? label : undefined
}

function listTallMediaProblems(message: unknown): readonly Problem[] {
  const carousel = pathOf(message, ['message', 'generalPurposeCardCarousel'])
  const cards = carousel?.['content']
  if (pathOf(carousel, ['layout'])?.['cardWidth'] !== 'SMALL_WIDTH' || !Array.isArray(cards)) return []
  return cards.flatMap((card: unknown, index) =>
    pathOf(card, ['media'])?.['height'] === 'TALL_HEIGHT'
      ? [
          {
            pointer: `/message/generalPurposeCardCarousel/content/${index}/media/height`,
            message: 'must be SHORT_HEIGHT or MEDIUM_HEIGHT in a carousel of small width',
          },
        ]
      : [],
  )
}

function pathOf(value: unknown, names: readonly string[]): JsonObject | undefined {
  let place = value
  for (const name of names) place = isObject(place) ? place[name] : undefined
  return isObject(place) ? place : undefined
}

function escapeName(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}
