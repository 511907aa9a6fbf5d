import type { ArrowFunctionExpression, Function as FunctionWithBody } from 'oxc-parser'
import { isTest, type Project } from './project.ts'
import { findPropertyName, findRootName, getSyntax, type Node, walk } from './syntax.ts'

export interface MeasuredFunction {
  readonly path: string
  readonly line: number
  /** `anonymous` for a callback. */
  readonly name: string
  readonly lines: number
  readonly parameters: number
  /** An arrow that is written on one line, inside an expression. */
  readonly inline: boolean
}

type FunctionNode = ArrowFunctionExpression | FunctionWithBody

/** All functions of a file. The callbacks of `describe…` in tests are tables of contents, not functions. */
export function listFunctions(project: Project, path: string): MeasuredFunction[] {
  const syntax = getSyntax(project, path)
  const found: MeasuredFunction[] = []
  walk(syntax.program, (node, ancestors) => {
    const parent = ancestors.at(-1)
    if (!isFunction(node) || (isTest(path) && isSuite(parent))) return
    const line = syntax.lineAt(node.start)
    const lines = syntax.lineAt(node.end - 1) - line + 1
    const parameters = isRow(parent) ? 0 : node.params.filter(isRealParameter).length
    const inline = lines === 1 && node.type === 'ArrowFunctionExpression'
    found.push({ path, line, name: findName(node, parent) ?? 'anonymous', lines, parameters, inline })
  })
  return found
}

function isFunction(node: Node): node is FunctionNode {
  return /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type)
}

function isSuite(parent: Node | undefined): boolean {
  return parent?.type === 'CallExpression' && (findRootName(parent.callee)?.startsWith('describe') ?? false)
}

/** The callback of `it.each(table)` has a parameter for each column of its table. */
function isRow(parent: Node | undefined): boolean {
  if (parent?.type !== 'CallExpression' || parent.callee.type !== 'CallExpression') return false
  return findPropertyName(parent.callee.callee) === 'each'
}

/** `this` is a type annotation, not a parameter. */
function isRealParameter(parameter: Node): boolean {
  return !(parameter.type === 'Identifier' && parameter.name === 'this')
}

function findName(node: FunctionNode, parent: Node | undefined): string | undefined {
  if (node.id) return node.id.name
  if (parent?.type === 'VariableDeclarator') return findRootName(parent.id)
  if (parent?.type === 'Property' || parent?.type === 'MethodDefinition' || parent?.type === 'PropertyDefinition') {
    return findRootName(parent.key)
  }
  return undefined
}
