import { findPackage } from './source/packages.ts'
import type { Problem } from './problem.ts'
import { folderOf, isCode, isTest, listCode, type Project } from './source/project.ts'
import { listFunctions, type MeasuredFunction } from './source/functions.ts'

/** The sizes of the house. In a package at most one function in `longOneOf` has more than `shortLines`. */
export const limits = {
  fileLines: 400,
  functionLines: 70,
  shortLines: 20,
  longOneOf: 5,
  parameters: 3,
  lineCharacters: 120,
  folderDepth: 2,
  folderFiles: 15,
  folderFilesAtLeast: 3,
} as const

export function findSizeProblems(project: Project): Problem[] {
  // What a script has written is measured where the script is.
  const written = project.paths.filter(
    (path) => (isCode(path) || /\.(css|html|sh)$/.test(path)) && !path.includes('/generated/'),
  )
  return [
    ...written.flatMap((path) => [...findLongFile(project, path), ...findLongLines(project, path)]),
    ...listCode(project).flatMap((path) => listFunctions(project, path).flatMap(findFunctionProblems)),
    ...findLongWindedPackages(project),
    ...listFolders(project).flatMap(findFolderProblems),
  ]
}

function findLongFile(project: Project, path: string): Problem[] {
  const lines = project.readText(path).replace(/\n$/, '').split('\n').length
  const text = `${lines} lines, at most ${limits.fileLines}: split it where one part could be understood alone`
  return lines > limits.fileLines ? [{ rule: 'size/file-lines', path, text, value: lines }] : []
}

/** One problem for a file, however many lines: who mends one mends them all. */
function findLongLines(project: Project, path: string): Problem[] {
  const measured = project
    .readText(path)
    .split('\n')
    .map((line, index) => ({ line: index + 1, length: measure(line) }))
  const long = measured.filter(({ length }) => length > limits.lineCharacters)
  if (long.length === 0) return []
  const value = Math.max(...long.map(({ length }) => length))
  const where = long.map(({ line }) => line).join(', ')
  const text = `lines of more than ${limits.lineCharacters} characters, up to ${value}: break ${where}`
  return [{ rule: 'size/line-characters', path, text, value }]
}

/** Characters as a reader counts them. A long address cannot be broken. */
function measure(line: string): number {
  return /https?:\/\/\S{60}/.test(line) ? 0 : [...line].length
}

function findFunctionProblems({ path, line, name, lines, parameters }: MeasuredFunction): Problem[] {
  const problems: Problem[] = []
  if (lines > limits.functionLines) {
    const text = `${name} has ${lines} lines, at most ${limits.functionLines}: keep the ifs, move the work into leaves`
    problems.push({ rule: 'size/function-lines', path, line, text, value: lines })
  }
  if (parameters > limits.parameters) {
    const text = `${name} has ${parameters} parameters, at most ${limits.parameters}: gather them in one options object`
    problems.push({ rule: 'size/parameters', path, line, text, value: parameters })
  }
  return problems
}

/** Inline arrows on one line are expressions, not functions: counting them would make the share meaningless. */
function findLongWindedPackages(project: Project): Problem[] {
  const written = listCode(project)
    .filter((path) => !isTest(path))
    .flatMap((path) => listFunctions(project, path))
  const byHome = Map.groupBy(
    written.filter(({ inline }) => !inline),
    ({ path }) => findHome(project, path),
  )
  return [...byHome].flatMap(([home, functions]) => findLongWinded(home, functions))
}

function findHome(project: Project, path: string): string {
  return findPackage(project, path)?.folder || (path.split('/')[0] ?? '')
}

function findLongWinded(home: string, functions: readonly MeasuredFunction[]): Problem[] {
  const long = functions.filter(({ lines }) => lines > limits.shortLines)
  if (functions.length < limits.longOneOf || long.length * limits.longOneOf <= functions.length) return []
  const longest = long.sort((left, right) => right.lines - left.lines).slice(0, 5)
  const named = longest.map(({ name, path, lines }) => `${name} (${path}, ${lines})`).join(', ')
  const share = `${long.length} of ${functions.length} functions have over ${limits.shortLines} lines`
  const text = `${share}, at most one of ${limits.longOneOf} may: ${named}`
  return [{ rule: 'size/short-functions', path: home, text, value: long.length }]
}

interface Folder {
  readonly path: string
  /** Code files, tests not counted. */
  readonly files: number
}

function listFolders(project: Project): Folder[] {
  // What a script writes lies as its source says.
  const counted = listCode(project).filter(
    (path) => !isTest(path) && path.includes('/') && !folderOf(path).endsWith('/generated'),
  )
  return [...Map.groupBy(counted, folderOf)].map(([path, files]) => ({ path, files: files.length }))
}

function findFolderProblems({ path, files }: Folder): Problem[] {
  const problems: Problem[] = []
  const depth = depthOf(path)
  if (depth > limits.folderDepth) {
    const text = `${depth} folders deep, at most ${limits.folderDepth}: name the file instead of the folder`
    problems.push({ rule: 'size/folder-depth', path, text, value: depth })
  }
  if (files > limits.folderFiles) {
    const text = `${files} files in a folder, at most ${limits.folderFiles}: give the second idea in it a folder`
    problems.push({ rule: 'size/folder-files', path, text, value: files })
  }
  return problems
}

/** How far below `src`, below the package's own folder, or below the top-level folder. */
function depthOf(folder: string): number {
  const names = folder.split('/')
  const start = names.includes('src') ? names.indexOf('src') + 1 : ['core', 'plugins'].includes(names[0] ?? '') ? 2 : 1
  return Math.max(0, names.length - start)
}

/** Not a failure: a folder of one or two files is often one that has just begun. */
export function listThinFolders(project: Project): string[] {
  return listFolders(project)
    .filter(({ path, files }) => depthOf(path) > 0 && files < limits.folderFilesAtLeast)
    .map(({ path, files }) => `${path} (${files})`)
}
