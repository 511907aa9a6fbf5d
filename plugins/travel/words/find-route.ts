import type { CityId } from '../rail/cities.ts'
import type { Finding } from './finding.ts'

type Place = Extract<Finding, { kind: 'place' }>

/** Which city a question of ours was about. */
export type Expecting = 'fromCity' | 'toCity' | undefined

interface Route {
  readonly fromCity?: CityId
  readonly toCity?: CityId
}

/**
 * Which city is which. Two cities side by side are from and to, as on any timetable; a city beside one whose role
 * was said has the other role; a city alone is what was asked for. undefined whenever it could be otherwise.
 */
export function findRoute(findings: readonly Finding[], expecting: Expecting): Route | undefined {
  const places = findings.filter((finding): finding is Place => finding.kind === 'place')
  const [first, second, third] = places
  if (!first) return {}
  if (third) return undefined
  if (!second) return single(first, expecting)
  if (first.role && second.role) return first.role === second.role ? undefined : pair(first, second)
  if (first.role || second.role) return completed(first, second)
  return findings.indexOf(second) - findings.indexOf(first) === 1 ? route(first, second) : undefined
}

function single({ city, role }: Place, expecting: Expecting): Route | undefined {
  const slot = role ? (`${role}City` as const) : expecting
  return slot && { [slot]: city }
}

function pair(first: Place, second: Place): Route {
  return first.role === 'from' ? route(first, second) : route(second, first)
}

/** One role was said. 去北京 成都 stays open: the second city may be a second wish. */
function completed(first: Place, second: Place): Route | undefined {
  if (first.role === 'to') return undefined
  if (first.role === 'from') return route(first, second)
  return second.role === 'to' ? route(first, second) : route(second, first)
}

function route(from: Place, to: Place): Route {
  return { fromCity: from.city, toCity: to.city }
}
