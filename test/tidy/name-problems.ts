import { listPackages, type Package } from './source/packages.ts'
import type { Problem } from './problem.ts'
import { folderOf, isCode, isDeclaration, isTest, listCode, nameOf, type Project } from './source/project.ts'
import { findRootName, getSyntax, type Node } from './source/syntax.ts'

const kebab = /^[a-z0-9]+(-[a-z0-9]+)*$/
const suffixes = ['store', 'view.store', 'router', 'config']

export function findNameProblems(project: Project): Problem[] {
  return [
    ...project.paths.flatMap(findPathProblems),
    ...listCode(project).flatMap((path) => findMisnamed(project, path)),
    ...listPackages(project).flatMap((home) => [...findWrongDoors(project, home), ...findLockedDoors(project, home)]),
  ]
}

function findPathProblems(path: string): Problem[] {
  if (!/^(core|plugins|tenants|scripts|test)\//.test(path)) return []
  const folders = folderOf(path)
    .split('/')
    .filter((folder) => !kebab.test(folder))
  const problems = folders.map((folder) => `the folder ${folder} is not kebab-case: lower-case words joined by -`)
  const name = isCode(path) ? findCodeNameProblem(nameOf(path)) : findOtherNameProblem(nameOf(path))
  return [...problems, ...(name === undefined ? [] : [name])].map((text) => ({ rule: 'name/path', path, text }))
}

function findCodeNameProblem(name: string): string | undefined {
  const [stem = '', ...parts] = name
    .replace(/\.(d\.ts|[a-z]+)$/, '')
    .replace(/\.test$/, '')
    .split('.')
  if (!kebab.test(stem)) return `${name} is not kebab-case: lower-case words joined by -`
  if (parts.length === 0 || suffixes.includes(parts.join('.'))) return undefined
  return `.${parts.join('.')} is no suffix of the house, only .${[...suffixes, 'test'].join(', .')} are`
}

/** Documents that a reader looks for by convention stand in capitals. */
function findOtherNameProblem(name: string): string | undefined {
  const isDocument = /^[A-Z]+(\.md)?$/.test(name)
  const isKebab = name
    .replace(/^\./, '')
    .split('.')
    .every((part) => kebab.test(part))
  return isDocument || isKebab ? undefined : `${name} is not kebab-case: lower-case words joined by -`
}

const unnamed = /^(index|main)$/

/** With one exported function, constant or class, the file carries its words, or those of a type beside it. */
function findMisnamed(project: Project, path: string): Problem[] {
  const stem = nameOf(path).split('.')[0] ?? ''
  if (isTest(path) || unnamed.test(stem) || path.startsWith('scripts/')) return []
  const { values, types } = listExports(project, path)
  const [only, ...others] = values
  if (only === undefined || others.length > 0 || [only, ...types].some((name) => shareWords(stem, name))) return []
  const name = toKebab(only)
  return [
    {
      rule: 'name/main-export',
      path,
      text: `exports only ${only}: name the file ${name}${nameOf(path).slice(stem.length)}`,
    },
  ]
}

interface Exports {
  readonly values: readonly string[]
  readonly types: readonly string[]
}

/** A file that passes on what others export is a door: it is named after its room, and has no exports of its own. */
function listExports(project: Project, path: string): Exports {
  const { body } = getSyntax(project, path).program
  if (body.some((node) => node.type === 'ExportAllDeclaration' || isPassingOn(node))) return { values: [], types: [] }
  const declarations = body.flatMap((node) => (node.type === 'ExportNamedDeclaration' ? [node.declaration] : []))
  return { values: declarations.flatMap(listValueNames), types: declarations.flatMap(listTypeNames) }
}

function isPassingOn(node: Node): boolean {
  return node.type === 'ExportNamedDeclaration' && node.source !== null && node.exportKind === 'value'
}

function listValueNames(declaration: Node | null): string[] {
  switch (declaration?.type) {
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
      return declaration.id ? [declaration.id.name] : []
    case 'VariableDeclaration':
      return declaration.declarations.flatMap(({ id }) => findRootName(id) ?? [])
    default:
      return []
  }
}

function listTypeNames(declaration: Node | null): string[] {
  const isType = declaration?.type === 'TSInterfaceDeclaration' || declaration?.type === 'TSTypeAliasDeclaration'
  return isType ? [declaration.id.name] : []
}

function toKebab(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .toLowerCase()
}

/** `order-book` and `openOrderBook` share their words; `rooms` and `listRoom`, `settle` and `runSettlement` do too. */
function shareWords(stem: string, exported: string): boolean {
  const [fewer = [], more = []] = [stem, toKebab(exported)]
    .map((name) => name.split('-'))
    .sort((left, right) => left.length - right.length)
  return fewer.every((word) => more.some((other) => isAlike(word, other)))
}

/** The same word, or another form of it: one begins with the other, or both with the same five letters. */
function isAlike(left: string, right: string): boolean {
  const length = Math.min(left.length, right.length, 5)
  return left === right || (length >= 3 && left.slice(0, length) === right.slice(0, length))
}

/** What a manifest opens stands directly in `src/`, or in a plugin's own folder; built files in `dist/`. */
function findWrongDoors(project: Project, home: Package): Problem[] {
  const path = `${home.folder}/package.json`
  return [...home.doors].flatMap(([door, targets]) =>
    targets.flatMap((target) => {
      const text = findDoorProblem(project, home, target)
      return text === undefined
        ? []
        : [{ rule: 'name/door', path, text: `the export ${door} leads to ${target}: ${text}` }]
    }),
  )
}

function findDoorProblem(project: Project, home: Package, target: string): string | undefined {
  if (target === './package.json' || /^\.\/dist\/[^*]+\.(js|d\.ts)$/.test(target)) return undefined
  if (target.includes('*')) return 'name every door, patterns open the whole house'
  const source = home.folder.startsWith('core/') ? /^\.\/src\/[^/]+$/ : /^\.\/[^/]+$/
  if (!source.test(target)) return 'a door stands directly in src/ (in a plugin: in its own folder)'
  return project.has(`${home.folder}/${target.slice(2)}`) ? undefined : 'there is no such file'
}

/** A file directly in `src/` that nobody can reach is either a missing export or belongs one folder deeper. */
function findLockedDoors(project: Project, home: Package): Problem[] {
  const opened = [...home.doors.values(), home.commands].flat().map((target) => `${home.folder}/${target.slice(2)}`)
  const doors = listCode(project).filter((path) => folderOf(path) === `${home.folder}/src` && !isTest(path))
  const locked = doors.filter((path) => !opened.includes(path) && !/\/main\.tsx?$/.test(path) && !isDeclaration(path))
  const text = `stands directly in src/ but is no export of ${home.name}: open it in package.json or move it deeper`
  return locked.map((path) => ({ rule: 'name/locked', path, text }))
}
