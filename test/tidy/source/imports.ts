import { posix } from 'node:path'
import { folderOf, listCode, type Project } from './project.ts'
import type { ImportForm } from './rooms.ts'
import { findText, getSyntax, type Node, walk } from './syntax.ts'

export interface Import {
  /** The file that imports. */
  readonly path: string
  readonly line: number
  readonly specifier: string
  readonly form: ImportForm
  /** The names taken, as the other side calls them; empty when the whole module is taken. */
  readonly names: readonly string[]
}

const readBefore = new WeakMap<Project, readonly Import[]>()

/** Every import of every code file, whether of values or of types. */
export function listImports(project: Project): readonly Import[] {
  const imports = readBefore.get(project) ?? listCode(project).flatMap((path) => listImportsOf(project, path))
  readBefore.set(project, imports)
  return imports
}

function listImportsOf(project: Project, path: string): Import[] {
  const syntax = getSyntax(project, path)
  const imports: Import[] = []
  walk(syntax.program, (node) => {
    const specifier = findText(findSource(node))
    if (specifier === undefined) return
    const form: ImportForm = node.type === 'ImportExpression' ? 'lazy' : 'static'
    imports.push({ path, line: syntax.lineAt(node.start), specifier, form, names: listNames(node) })
  })
  return imports
}

function findSource(node: Node): Node | null | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
    case 'ImportExpression':
    case 'TSImportType':
      return node.source
    default:
      return undefined
  }
}

function listNames(node: Node): string[] {
  if (node.type !== 'ImportDeclaration') return []
  return node.specifiers.flatMap((specifier) =>
    specifier.type === 'ImportSpecifier' && specifier.imported.type === 'Identifier' ? [specifier.imported.name] : [],
  )
}

export const isRelative = (specifier: string): boolean => /^\.\.?(\/|$)/.test(specifier)

/** The path that a relative import names, as written. */
export function resolveRelative(imported: Import): string {
  return posix.join(folderOf(imported.path), imported.specifier)
}

/** `@scope/name/door` → `@scope/name`, `name/door` → `name`. */
export function packageNameOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}
