import { cities, cityIds, otherNames, type CityId } from '../rail/cities.ts'
import { chineseWords } from './chinese-words.ts'
import { englishWords } from './english-words.ts'
import { normalise } from './normalise.ts'
import type { Lexicon, Token } from './token.ts'

const compass = [
  ['', ''],
  ['东', ' east'],
  ['南', ' south'],
  ['西', ' west'],
  ['北', ' north'],
] as const

/** Every expression that the reader knows, in both languages, as `normalise` writes it. */
export const lexicon: Lexicon = buildLexicon()

export const longestWord = Math.max(...[...lexicon.keys()].map((word) => word.length))

function buildLexicon(): Lexicon {
  const words = new Map<string, readonly Token[]>([...chineseWords(), ...englishWords()])
  for (const id of cityIds) for (const name of listNames(id)) words.set(name, [{ kind: 'city', city: id }])
  return words
}

/** A city's names and those of its stations: 成都, 成都市, 成都站, 成都东, 成都东站, chengdu, chengdu east station … */
function listNames(id: CityId): readonly string[] {
  const { zh, en } = cities[id]
  const latin = normalise(en)
  const plain = [zh, latin, ...(otherNames[id] ?? [])].map(normalise)
  const stations = compass.flatMap(([inChinese, inEnglish]) => [zh + inChinese, latin + inEnglish])
  return [`${zh}市`, ...[...plain, ...stations].flatMap(withStation)]
}

function withStation(name: string): readonly string[] {
  return /[a-z]/.test(name)
    ? [name, `${name} station`, `${name} railway station`]
    : [name, `${name}站`, `${name}火车站`, `${name}高铁站`]
}
