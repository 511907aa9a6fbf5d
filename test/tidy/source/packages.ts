import { folderOf, nameOf, type Project } from './project.ts'

/** A folder with a manifest. */
export interface Package {
  /** Relative to the root; empty for the workspace itself. */
  readonly folder: string
  readonly name: string
  /** Door (`.`, `./http`) → the files it may lead to, one per condition, as written in the manifest. */
  readonly doors: ReadonlyMap<string, readonly string[]>
  readonly dependencies: ReadonlySet<string>
  readonly devDependencies: ReadonlySet<string>
  /** Files that `bin` names. */
  readonly commands: readonly string[]
}

const readBefore = new WeakMap<Project, readonly Package[]>()

export function listPackages(project: Project): readonly Package[] {
  const packages =
    readBefore.get(project) ??
    project.paths.filter((path) => nameOf(path) === 'package.json').map((path) => readPackage(project, path))
  readBefore.set(project, packages)
  return packages
}

/** The package whose folder is the nearest above the path; the workspace itself when there is no other. */
export function findPackage(project: Project, path: string): Package | undefined {
  const around = listPackages(project).filter(({ folder }) => folder === '' || path.startsWith(`${folder}/`))
  return around.sort((left, right) => right.folder.length - left.folder.length)[0]
}

function readPackage(project: Project, path: string): Package {
  const manifest = asRecord(JSON.parse(project.readText(path)))
  return {
    folder: folderOf(path),
    name: typeof manifest['name'] === 'string' ? manifest['name'] : '',
    doors: readDoors(manifest['exports']),
    dependencies: new Set([...keysOf(manifest['dependencies']), ...keysOf(manifest['peerDependencies'])]),
    devDependencies: new Set(keysOf(manifest['devDependencies'])),
    commands: listTargets(manifest['bin']),
  }
}

function readDoors(exported: unknown): Map<string, string[]> {
  const doors = Object.entries(asRecord(exported)).filter(([key]) => key.startsWith('.'))
  if (doors.length > 0) return new Map(doors.map(([door, target]) => [door, listTargets(target)]))
  const targets = listTargets(exported)
  return new Map(targets.length > 0 ? [['.', targets]] : [])
}

/** The files below a string or nested conditions. */
function listTargets(target: unknown): string[] {
  return typeof target === 'string' ? [target] : Object.values(asRecord(target)).flatMap(listTargets)
}

function keysOf(value: unknown): string[] {
  return Object.keys(asRecord(value))
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}
}
