import { execFileSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'

export const rootFolder = resolve(import.meta.dirname, '../../..')

/** The files a rule looks at: the real ones, or a handful of samples that a rule is tested with. */
export interface Project {
  /** Relative to the root, with `/`, sorted. */
  readonly paths: readonly string[]
  has(path: string): boolean
  /** Empty for a binary file; throws for a path that is not in `paths`. */
  readText(path: string): string
}

let known: Project | undefined

/** Everything that is tracked or would be: what git ignores is nobody's business here. */
export function readProject(): Project {
  known ??= createProject(listTracked(), (path) => readFileSync(join(rootFolder, path), 'utf8'))
  return known
}

export function buildProject(files: Readonly<Record<string, string>>): Project {
  return createProject(Object.keys(files).sort(), (path) => files[path] ?? '')
}

function createProject(paths: readonly string[], load: (path: string) => string): Project {
  const present = new Set(paths)
  const texts = new Map<string, string>()
  const readText = (path: string): string => {
    if (!present.has(path)) throw new RangeError(`${path} is not a file of the project`)
    const text = texts.get(path) ?? withoutBinary(load(path))
    texts.set(path, text)
    return text
  }
  return { paths, has: (path) => present.has(path), readText }
}

function listTracked(): string[] {
  const flags = ['ls-files', '-z', '--cached', '--others', '--exclude-standard']
  const listed = execFileSync('git', flags, { cwd: rootFolder, encoding: 'utf8', maxBuffer: 64 << 20 })
  return [...new Set(listed.split('\0'))].filter((path) => path !== '' && isFile(path)).sort()
}

/** A file deleted but not yet staged is still listed. */
function isFile(path: string): boolean {
  return statSync(join(rootFolder, path), { throwIfNoEntry: false })?.isFile() ?? false
}

function withoutBinary(text: string): string {
  return text.includes('\0') ? '' : text
}

export const isCode = (path: string): boolean => /\.(ts|tsx|mts|mjs|js)$/.test(path)

/** A test, or a part of the test kit that a package keeps in a folder named `kit` or `test`. */
export const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path) || isKit(path)
export const isKit = (path: string): boolean => /^(core|plugins)\/[^/]+\/(.+\/)?(kit|test)\//.test(path)
export const isDeclaration = (path: string): boolean => path.endsWith('.d.ts')

export function listCode(project: Project): string[] {
  return project.paths.filter((path) => isCode(path) && !isDeclaration(path))
}

export function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : ''
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
