import { isBuiltin } from 'node:module'
import { type Import, isRelative, listImports, packageNameOf, resolveRelative } from './source/imports.ts'
import { findPackage, listPackages, type Package } from './source/packages.ts'
import type { Problem } from './problem.ts'
import { isKit, isTest, type Project } from './source/project.ts'
import { findRoom, findWall, isOutermost, isSandbox } from './source/rooms.ts'

type Check = (project: Project, imported: Import) => string | undefined

const ownWorkspace = '@inthread/'

export function findImportProblems(project: Project): Problem[] {
  return listImports(project).flatMap((imported) => {
    const checks = isRelative(imported.specifier) ? relativeChecks : packageChecks
    for (const { rule, check } of checks) {
      const text = check(project, imported)
      if (text !== undefined) return [{ rule, path: imported.path, line: imported.line, text }]
    }
    return []
  })
}

/** Tests that stand beside their code may use the kit, which is no package of its own. */
const isKitForTest = (from: string, to: string): boolean => isTest(from) && to.startsWith('test/kit/')

function checkLeaving(project: Project, imported: Import): string | undefined {
  const target = resolveRelative(imported)
  const home = findPackage(project, imported.path)
  const other = findPackage(project, target)
  if (home === other || isKitForTest(imported.path, target)) return undefined
  return `a relative import leaves its package: import ${other?.name || target} by name, through its exports`
}

/** Rooms that share the workspace's own manifest: test, scripts, tenants. */
function checkRelativeWall(project: Project, imported: Import): string | undefined {
  const target = resolveRelative(imported)
  const from = findRoom(imported.path)
  const to = findRoom(target)
  if (from === undefined || to === undefined || from === to || isKitForTest(imported.path, target)) return undefined
  return findPackage(project, imported.path) === findPackage(project, target)
    ? findWall(from, to, imported.form)
    : undefined
}

/** A kit may have a door of its own, for the tests of others. */
function checkKit(_project: Project, imported: Import): string | undefined {
  if (!isKit(resolveRelative(imported)) || isTest(imported.path) || imported.path.endsWith('/kit.ts')) return undefined
  return 'only tests use a test kit: move what both need out of it'
}

function checkWall(project: Project, imported: Import): string | undefined {
  const target = findImported(project, imported)
  const from = findRoom(imported.path)
  if (target === undefined || from === undefined) return undefined
  if (target === findPackage(project, imported.path)) return 'a package imports itself by relative paths, not by name'
  const to = findRoom(`${target.folder}/`)
  return to === undefined ? undefined : findWall(from, to, imported.form)
}

function checkDoor(project: Project, imported: Import): string | undefined {
  const target = findImported(project, imported)
  if (target === undefined) {
    const ours = imported.specifier.startsWith(ownWorkspace)
    return ours ? `there is no package ${packageNameOf(imported.specifier)} in the workspace` : undefined
  }
  const door = `.${imported.specifier.slice(target.name.length)}`
  if (target.doors.has(door)) return undefined
  const doors = [...target.doors.keys()].join(' ')
  return `${target.name} has no door ${door}: import one of its exports (${doors}) or open the door in its manifest`
}

function findImported(project: Project, imported: Import): Package | undefined {
  return listPackages(project).find(({ name }) => name !== '' && name === packageNameOf(imported.specifier))
}

interface Fence {
  readonly what: RegExp
  readonly isAllowed: (path: string, room: string) => boolean
  readonly instead: string
}

const inStore = (path: string, room: string): boolean => room === 'store' || /\.store(\.test)?\.ts$/.test(path)
const offline = ['sdk', 'store', 'channels', 'banks', 'messaging', 'finance', 'admin', 'plugins']

/** Room rules do not bind what stands outside, see `checkFence`; outermost rooms are named where they are bound. */
const fences: readonly Fence[] = [
  { what: /^kysely(\/|$)/, isAllowed: inStore, instead: 'SQL is written in store and in files named *.store.ts' },
  {
    what: /^(node:sqlite|mysql2(\/.*)?)$/,
    isAllowed: (_path, room) => room === 'store' || room === 'test',
    instead: 'only store speaks to a database driver: take its Database',
  },
  {
    what: /^(fastify|@fastify\/.*|fastify-.*|tsyringe)(\/.*)?$/,
    isAllowed: (_path, room) => room === 'runtime',
    instead: 'HTTP serving and wiring live in runtime: hand over a plain function or a factory',
  },
  {
    what: /^node:(http|https|http2|net|tls|dgram|dns)(\/.*)?$/,
    isAllowed: (path, room) => !offline.includes(room) || isTest(path),
    instead: 'the network comes in through a port (core/sdk/src/http.ts)',
  },
  {
    what: /^@opentelemetry\//,
    isAllowed: (path) => /^core\/runtime\/src\/traces\//.test(path),
    instead: 'spans come in through a port (core/store/src/trace.ts), whose list says what may be told of them',
  },
  {
    what: /^(node:)?timers(\/promises)?$/,
    isAllowed: (path, room) => room === 'runtime' || isOutermost(room) || isTest(path),
    instead: 'waiting comes in through a port, so that tests can move time',
  },
]

function checkFence(_project: Project, imported: Import): string | undefined {
  const room = findRoom(imported.path)
  if (room === undefined || isSandbox(room)) return undefined
  const fence = fences.find(({ what }) => what.test(imported.specifier))
  return fence === undefined || fence.isAllowed(imported.path, room)
    ? undefined
    : `${imported.specifier} is not for ${room}: ${fence.instead}`
}

const testTools = /^(vitest|fast-check)(\/|$)|^node:/

function checkPlugin(_project: Project, imported: Import): string | undefined {
  if (findRoom(imported.path) !== 'plugins' || imported.specifier.startsWith(ownWorkspace)) return undefined
  if (isTest(imported.path) && testTools.test(imported.specifier)) return undefined
  return `a plugin depends on @inthread/sdk and nothing else: take what the step is given, not ${imported.specifier}`
}

function checkDeclared(project: Project, imported: Import): string | undefined {
  const name = packageNameOf(imported.specifier)
  const home = findPackage(project, imported.path)
  if (home === undefined || home.name === name || imported.specifier.startsWith('node:')) return undefined
  if (isBuiltin(imported.specifier)) return `write node:${imported.specifier}`
  if (listDeclared(project, home, imported.path).has(name)) return undefined
  const field = isDevelopment(home, imported.path) ? 'dependencies or devDependencies' : 'dependencies'
  return `${name} is not declared: add it to ${field} of ${home.folder === '' ? '' : `${home.folder}/`}package.json`
}

function listDeclared(project: Project, home: Package, path: string): Set<string> {
  if (!isDevelopment(home, path)) return new Set(home.dependencies)
  const workspace = listPackages(project).find(({ folder }) => folder === '')
  return new Set([home, workspace].flatMap((each) => [...(each?.dependencies ?? []), ...(each?.devDependencies ?? [])]))
}

/** Tests, build configurations and the workspace's own scripts run only where development dependencies are. */
function isDevelopment(home: Package, path: string): boolean {
  return home.folder === '' || isTest(path) || /\.config\.[a-z]+$/.test(path)
}

const relativeChecks: readonly { readonly rule: string; readonly check: Check }[] = [
  { rule: 'import/package', check: checkLeaving },
  { rule: 'import/level', check: checkRelativeWall },
  { rule: 'import/kit', check: checkKit },
]

const packageChecks: readonly { readonly rule: string; readonly check: Check }[] = [
  { rule: 'import/level', check: checkWall },
  { rule: 'import/door', check: checkDoor },
  { rule: 'import/fence', check: checkFence },
  { rule: 'import/plugin', check: checkPlugin },
  { rule: 'import/declared', check: checkDeclared },
]
