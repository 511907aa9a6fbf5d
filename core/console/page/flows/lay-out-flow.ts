import { Graph, layout } from '@dagrejs/dagre'
import type { Flow } from './flow.ts'

export const stepSize = { width: 176, height: 46 } as const
const jumpHeight = 22

export interface Place {
  readonly x: number
  readonly y: number
}

export interface Arrow {
  readonly key: string
  readonly path: string
  readonly label: string
  readonly at: Place
}

/** A way to a step that stands elsewhere: named in place of a line across the whole drawing. */
export interface Jump {
  readonly key: string
  readonly to: string
  readonly label: string
  readonly at: Place
  readonly width: number
}

export interface LaidOut {
  readonly width: number
  readonly height: number
  /** The middle of each step, by its name. */
  readonly places: ReadonlyMap<string, Place>
  readonly arrows: readonly Arrow[]
  readonly jumps: readonly Jump[]
}

interface Way {
  readonly key: string
  readonly from: string
  readonly to: string
  readonly by: string
}

/** Where every step stands and every way runs, from the start downwards. */
export function layOutFlow(flow: Flow, nameOf: (by: string) => string): LaidOut {
  const { drawn, named } = sortWays(flow)
  const graph = new Graph({ directed: true, multigraph: true })
  graph.setGraph({ rankdir: 'TB', nodesep: 18, ranksep: 40, edgesep: 10, marginx: 16, marginy: 16 })
  for (const { name } of flow.steps) graph.setNode(name, { ...stepSize })
  for (const { key, from, to, by } of drawn) graph.setEdge(from, to, sizeLabel(nameOf(by)), key)
  for (const { key, from, to, by } of named) {
    graph.setNode(key, { width: measureJump(to), height: jumpHeight })
    graph.setEdge(from, key, sizeLabel(nameOf(by)), key)
  }
  layout(graph)
  const { width = 0, height = 0 } = graph.graph() as { readonly width?: number; readonly height?: number }
  const arrowOf = ({ key, from, by }: Way, to: string): Arrow => {
    const { points = [], ...middle } = graph.edge(from, to, key) as Bent
    return { key, label: nameOf(by), at: readPlace(middle), path: drawCurve(points) }
  }
  return {
    ...{ width, height },
    places: new Map(flow.steps.map(({ name }) => [name, readPlace(graph.node(name))])),
    arrows: [...drawn.map((way) => arrowOf(way, way.to)), ...named.map((way) => arrowOf(way, way.key))],
    jumps: named.map(({ key, to, by }) => {
      return { key, to, label: nameOf(by), at: readPlace(graph.node(key)), width: measureJump(to) }
    }),
  }
}

/** Ways to the next row are drawn; those that go back, across or far ahead are named where they begin. */
function sortWays({ start, steps }: Flow): { readonly drawn: readonly Way[]; readonly named: readonly Way[] } {
  const ways = steps.flatMap(({ name, ways: out }) =>
    out.map(({ to, by }, index): Way => ({ key: `${name} ${index}`, from: name, to, by })),
  )
  const rows = new Map([[start, 0]])
  for (let reached = [start]; reached.length > 0;) {
    const next = ways.filter(({ from, to }) => reached.includes(from) && !rows.has(to))
    for (const { from, to } of next) if (!rows.has(to)) rows.set(to, (rows.get(from) ?? 0) + 1)
    reached = [...new Set(next.map(({ to }) => to))]
  }
  const isNext = ({ from, to }: Way): boolean => rows.get(to) === (rows.get(from) ?? 0) + 1
  return { drawn: ways.filter(isNext), named: ways.filter((way) => !isNext(way)) }
}

const sizeLabel = (label: string) => {
  const width = [...label].reduce((sum, letter) => sum + (letter > '⺀' ? 11 : 6), 0)
  return { width: Math.min(140, width), height: label === '' ? 0 : 14, labelpos: 'c' as const }
}

const measureJump = (to: string): number => 6.6 * Math.min(24, to.length) + 34

interface Bent extends Partial<Place> {
  readonly points?: readonly Place[]
}

function readPlace({ x = 0, y = 0 }: Partial<Place>): Place {
  return { x, y }
}

/** Through the middles between the bends: a line without corners. */
function drawCurve(points: readonly Place[]): string {
  const [first, ...rest] = points
  const last = points.at(-1)
  if (!first || !last) return ''
  const bends = rest.slice(0, -1).map((bend, index) => {
    const next = rest[index + 1] ?? last
    const isLast = index === rest.length - 2
    const to = isLast ? next : { x: (bend.x + next.x) / 2, y: (bend.y + next.y) / 2 }
    return `Q${round(bend.x)} ${round(bend.y)} ${round(to.x)} ${round(to.y)}`
  })
  const line = bends.length === 0 ? [`L${round(last.x)} ${round(last.y)}`] : bends
  return [`M${round(first.x)} ${round(first.y)}`, ...line].join(' ')
}

const round = (value: number): number => Math.round(value * 10) / 10
