import { readFileSync } from 'node:fs'

interface PackageFile {
  readonly name: string
  readonly version: string
  readonly exports: Readonly<Record<string, string>>
  readonly dependencies: Readonly<Record<string, string>>
  readonly [key: string]: unknown
}

/** Only what runs the platform itself; the command says so where it is missing. */
const leftOut = ['@inthread/runtime']

/** The package.json of a tarball: doors lead to what was built, and packages of ours have versions. */
export function buildPackedManifest(path: string): string {
  const { private: _, exports, dependencies, ...rest } = JSON.parse(readFileSync(path, 'utf8')) as PackageFile
  const doors = Object.entries(exports).map(([door, source]) => [door, buildDoor(rest.name, source)])
  const needs = Object.entries(dependencies)
    .filter(([name]) => !leftOut.includes(name))
    .map(([name, range]) => [name, range === 'workspace:*' ? rest.version : range])
  const packed = {
    ...rest,
    ...(rest.name === 'inthread' ? { bin: { inthread: './dist/main.js' } } : {}),
    exports: Object.fromEntries(doors),
    files: ['dist'],
    dependencies: Object.fromEntries(needs),
  }
  return `${JSON.stringify(packed, null, 2)}\n`
}

function buildDoor(name: string, source: string): object {
  const built = source.replace(/^\.\/src\//, './dist/').replace(/\.ts$/, '')
  return name === 'inthread' ? { default: `${built}.js` } : { types: `${built}.d.ts`, default: `${built}.js` }
}
