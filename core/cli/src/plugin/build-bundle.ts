import { readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { relative, resolve, sep } from 'node:path'
import { build, type BuildFailure, type Message, type Plugin } from 'esbuild'
import { CommandError, exits } from '../commands/output.ts'
import { findEscapes, type Escape } from './find-escapes.ts'
import type { PluginFolder } from './plugin-folder.ts'

const bytesAtMost = 4 * 1024 * 1024

/**
 * The plugin and all it imports as one script with a default export and no imports of its own. The same sources give
 * the same bytes, wherever they stand. Throws a CommandError that lists every place where the plugin reaches outside.
 */
export async function buildBundle({ folder, entry }: PluginFolder): Promise<string> {
  const result = await build({
    entryPoints: [entry],
    absWorkingDir: folder,
    bundle: true,
    write: false,
    metafile: true,
    ...{ format: 'esm', platform: 'neutral', mainFields: ['module', 'main'], target: 'es2023', charset: 'utf8' },
    // White space holds the names of files, and those the place where they stand.
    ...{ minifyWhitespace: true, legalComments: 'none', sourcemap: false, logLevel: 'silent', treeShaking: true },
    plugins: [refuseBuiltins, dropLanguages],
  } as const).catch((error: unknown) => {
    throw explain(error)
  })
  const files = Object.keys(result.metafile.inputs).map((path) => resolve(folder, path))
  const escapes = files.filter(isForeign).flatMap((path) => findIn(folder, path))
  if (escapes.length > 0) throw new CommandError(describeEscapes(escapes), exits.badInput)
  const text = result.outputFiles[0]?.text ?? ''
  if (Buffer.byteLength(text) > bytesAtMost)
    throw new CommandError(
      `The bundle has ${Buffer.byteLength(text)} bytes, and room for ${bytesAtMost}.`,
      exits.badInput,
    )
  return text
}

/** The sdk and what it is made with are known; everything else is looked at. */
function isForeign(path: string): boolean {
  const known = /\/node_modules\/(zod|@inthread\/sdk)\/|\/core\/sdk\/(src|dist)\//
  return !known.test(path.split(sep).join('/')) && /\.[cm]?[jt]sx?$/.test(path)
}

function findIn(folder: string, path: string): Escape[] {
  return findEscapes(relative(folder, path), readFileSync(path, 'utf8'))
}

const refuseBuiltins: Plugin = {
  name: 'refuse-builtins',
  setup: ({ onResolve }) => {
    onResolve({ filter: /.*/ }, ({ path, kind }) => {
      if (kind === 'entry-point' || !(path.startsWith('node:') || isBuiltin(path))) return undefined
      return { errors: [{ text: `a plugin has nothing of Node's, so not "${path}" either` }] }
    })
  },
}

/** Zod's own words in fifty languages are half of a bundle, and nobody reads them. */
const dropLanguages: Plugin = {
  name: 'drop-languages',
  setup: ({ onLoad }) => {
    onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js'",
    }))
  },
}

function describeEscapes(escapes: readonly Escape[]): string {
  const lines = escapes.map(({ path, line, problem }) => `  ${path}:${line}: ${problem}`)
  return `The plugin reaches outside, where it has nothing:\n${lines.join('\n')}`
}

function explain(error: unknown): unknown {
  if (!isBuildFailure(error)) return error
  return new CommandError(`The plugin cannot be bundled:\n${error.errors.map(writeMessage).join('\n')}`, exits.badInput)
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && 'errors' in error && Array.isArray(error.errors)
}

function writeMessage({ location, text }: Message): string {
  return location ? `  ${location.file}:${location.line}: ${text}` : `  ${text}`
}
