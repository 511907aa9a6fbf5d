import { isRelative, listImports, resolveRelative } from './source/imports.ts'
import type { Problem } from './problem.ts'
import type { Project } from './source/project.ts'

/** Files that import one another in a circle, one problem a knot. Imports of types count: they bind the reader too. */
export function findCycleProblems(project: Project): Problem[] {
  return listKnots(buildGraph(project)).map(([path = '', ...others]) => {
    const through = others.length > 0 ? ` through ${others.join(', ')}` : ''
    return { rule: 'import/cycle', path, text: `imports itself${through}: move what both need into a file below them` }
  })
}

type Graph = ReadonlyMap<string, readonly string[]>

function buildGraph(project: Project): Graph {
  const graph = new Map<string, string[]>()
  for (const imported of listImports(project)) {
    const target = isRelative(imported.specifier) ? resolveRelative(imported) : ''
    if (project.has(target)) graph.set(imported.path, [...(graph.get(imported.path) ?? []), target])
  }
  return graph
}

/** Tarjan's strongly connected components, those with more than one file; each begins with its first file by name. */
function listKnots(graph: Graph): string[][] {
  const found: string[][] = []
  const order = new Map<string, number>()
  const lowest = new Map<string, number>()
  const open: string[] = []
  const visit = (path: string): number => {
    order.set(path, order.size)
    lowest.set(path, order.size - 1)
    open.push(path)
    for (const next of graph.get(path) ?? []) {
      const reached = order.has(next) ? (open.includes(next) ? order.get(next) : undefined) : visit(next)
      lowest.set(path, Math.min(lowest.get(path) ?? 0, reached ?? Infinity))
    }
    if (lowest.get(path) === order.get(path)) found.push(open.splice(open.indexOf(path)))
    return lowest.get(path) ?? 0
  }
  for (const path of graph.keys()) if (!order.has(path)) visit(path)
  const isKnot = ([first = '', ...others]: string[]): boolean =>
    others.length > 0 || !!graph.get(first)?.includes(first)
  return found.filter(isKnot).map((knot) => knot.sort())
}
