import { type Comment, type Node, type Program, parseSync, visitorKeys } from 'oxc-parser'
import type { Project } from './project.ts'

export type { Node } from 'oxc-parser'

export interface Syntax {
  readonly program: Program
  readonly comments: readonly Comment[]
  /** The parser's own words; a file with any of them has an empty program. */
  readonly errors: readonly string[]
  /** Counted from 1. */
  lineAt(offset: number): number
}

const parsed = new WeakMap<Project, Map<string, Syntax>>()

export function getSyntax(project: Project, path: string): Syntax {
  const ofProject = parsed.get(project) ?? new Map<string, Syntax>()
  parsed.set(project, ofProject)
  const syntax = ofProject.get(path) ?? parse(path, project.readText(path))
  ofProject.set(path, syntax)
  return syntax
}

function parse(path: string, text: string): Syntax {
  const { program, comments, errors } = parseSync(path, text, { preserveParens: false })
  const starts = [0, ...[...text.matchAll(/\n/g)].map((match) => match.index + 1)]
  return {
    program,
    comments,
    errors: errors.map((error) => error.message),
    lineAt: (offset) => countUpTo(starts, offset),
  }
}

/** How many of the ascending numbers are at most `limit`. */
function countUpTo(ascending: readonly number[], limit: number): number {
  let low = 0
  let high = ascending.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ascending[middle] ?? 0) <= limit) low = middle + 1
    else high = middle
  }
  return low
}

/** Ancestors come outermost first; the last one is the parent. */
export type Visit = (node: Node, ancestors: readonly Node[]) => void

export function walk(root: Node, visit: Visit): void {
  const ancestors: Node[] = []
  const enter = (node: Node): void => {
    visit(node, ancestors)
    ancestors.push(node)
    for (const child of listChildren(node)) enter(child)
    ancestors.pop()
  }
  enter(root)
}

export function listNodes(root: Node): Node[] {
  const nodes: Node[] = []
  walk(root, (node) => nodes.push(node))
  return nodes
}

function listChildren(node: Node): Node[] {
  return (visitorKeys[node.type] ?? []).flatMap((key) => {
    const child: unknown = Reflect.get(node, key)
    return Array.isArray(child) ? child.filter(isNode) : isNode(child) ? [child] : []
  })
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value
}

/** `it.skip` → `it`, `vi` → `vi`, `describe.each(table)` → `describe`: the name an expression starts with. */
export function findRootName(node: Node): string | undefined {
  if (node.type === 'Identifier') return node.name
  if (node.type === 'MemberExpression') return findRootName(node.object)
  if (node.type === 'CallExpression') return findRootName(node.callee)
  return undefined
}

/** The name of a property that is read with a dot. */
export function findPropertyName(node: Node): string | undefined {
  return node.type === 'MemberExpression' && node.property.type === 'Identifier' && !node.computed
    ? node.property.name
    : undefined
}

/** `object.name` for one of the names, also through `globalThis`. */
export function isMember(node: Node, object: string, names: readonly string[]): boolean {
  if (node.type !== 'MemberExpression' || !names.includes(findPropertyName(node) ?? '')) return false
  return node.object.type === 'Identifier' ? node.object.name === object : isMember(node.object, 'globalThis', [object])
}

export function findText(node: Node | null | undefined): string | undefined {
  return node?.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined
}
