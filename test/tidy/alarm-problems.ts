import type { Problem } from './problem.ts'
import { isTest, listCode, type Project } from './source/project.ts'
import { findPropertyName, findText, getSyntax, walk, type Node } from './source/syntax.ts'

const guide = 'core/FAULTS.md'
const logFile = 'core/runtime/src/ports/log.ts'
const metricsFile = 'core/runtime/src/metrics/instruments.ts'

/** Events and metrics of the code and of the operators' guide are the same, and what events say gets into the log. */
export function findAlarmProblems(project: Project): Problem[] {
  const calls = listCode(project)
    .filter((path) => /^core\/(?!sandbox-|cli\/|client\/)/.test(path) && !isTest(path))
    .flatMap((path) => listEvents(project, path))
  return [
    ...compare(project, { section: 'Events', rule: 'alarm/event', found: calls }),
    ...compare(project, { section: 'Metrics', rule: 'alarm/metric', found: listMetrics(project) }),
    ...findFactProblems(project, calls),
  ]
}

interface Place {
  readonly name: string
  readonly path: string
  readonly line: number
}

interface Call extends Place {
  /** What the event says, by the names that stand in the call itself. */
  readonly facts: readonly string[]
}

function listEvents(project: Project, path: string): Call[] {
  const syntax = getSyntax(project, path)
  const calls: Call[] = []
  walk(syntax.program, (node) => {
    if (node.type !== 'CallExpression' || findPropertyName(node.callee) !== 'event') return
    const name = findText(node.arguments[0])
    if (name !== undefined)
      calls.push({ name, path, line: syntax.lineAt(node.start), facts: listFacts(node.arguments[1]) })
  })
  return calls
}

function listFacts(node: Node | undefined): string[] {
  if (node?.type !== 'ObjectExpression') return []
  return node.properties.flatMap((property) => {
    if (property.type !== 'Property') return []
    return property.key.type === 'Identifier' ? [property.key.name] : [findText(property.key) ?? '']
  })
}

function listMetrics(project: Project): Place[] {
  if (!project.has(metricsFile)) return []
  const lines = project.readText(metricsFile).split('\n')
  return lines.flatMap((text, index) => {
    const name = /name: '(\w+)'/.exec(text)?.[1]
    return name === undefined ? [] : [{ name, path: metricsFile, line: index + 1 }]
  })
}

interface Comparison {
  readonly section: string
  readonly rule: string
  readonly found: readonly Place[]
}

function compare(project: Project, { section, rule, found }: Comparison): Problem[] {
  const rows = project.has(guide) ? listRows(project.readText(guide), section) : []
  const explained = new Set(rows.map(({ name }) => name))
  const known = new Set(found.map(({ name }) => name))
  const bare = found.filter(
    ({ name }, index) => !explained.has(name) && found.findIndex((f) => f.name === name) === index,
  )
  return [
    ...bare.map(({ name, path, line }) => ({
      ...{ rule, path, line },
      text: `${name} has no row under "${section}" in ${guide}: say what it means and what to do`,
    })),
    ...rows
      .filter(({ name, whole }) => !known.has(name) || !whole)
      .map(({ name, line }) => ({
        ...{ rule, path: guide, line },
        text: known.has(name) ? `${name} leaves the operator alone` : `${name} is nowhere in the code: remove the row`,
      })),
  ]
}

interface Row {
  readonly name: string
  readonly line: number
  /** Whether its last two cells say something. */
  readonly whole: boolean
}

function listRows(text: string, section: string): Row[] {
  let inside = false
  return text.split('\n').flatMap((content, index) => {
    if (content.startsWith('## ')) inside = content === `## ${section}`
    const cells = content
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim())
    const name = /^`([\w.]+)`$/.exec(cells[0] ?? '')?.[1]
    if (!inside || name === undefined) return []
    return [{ name, line: index + 1, whole: cells.slice(-2).every((cell) => cell !== '') }]
  })
}

/** What is not on the list is left out of the log without a word. */
function findFactProblems(project: Project, calls: readonly Call[]): Problem[] {
  if (!project.has(logFile)) return []
  const list = /new Set\(\[([^\]]*)\]/.exec(project.readText(logFile))?.[1] ?? ''
  const allowed = new Set([...list.matchAll(/'(\w+)'/g)].map(([, name]) => name))
  return calls.flatMap(({ name, path, line, facts }) =>
    facts
      .filter((fact) => !allowed.has(fact))
      .map((fact) => ({
        ...{ rule: 'alarm/fact', path, line },
        text: `${name} says "${fact}", which ${logFile} does not let into the log: add it there, or leave it out`,
      })),
  )
}
