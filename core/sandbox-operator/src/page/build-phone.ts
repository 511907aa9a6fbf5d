import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { StartError } from '../boot/start-error.ts'

const phoneFolder = join(import.meta.dirname, '../../phone')
const manifestFile = join(import.meta.dirname, '../../package.json')

export interface PhoneBuild {
  readonly folder: string
  /** False when a build of the same sources was there already. */
  readonly built: boolean
}

/**
 * Builds the phone page into `<cacheDir>/phone-<hash of its sources>/` unless it is there. The folder appears in one
 * step, so that a build that was cut short is never served.
 */
export async function buildPhone(cacheDir: string): Promise<PhoneBuild> {
  try {
    const folder = join(cacheDir, `phone-${hashSources()}`)
    if (existsSync(join(folder, 'index.html'))) return { folder, built: false }
    await buildInto(folder)
    return { folder, built: true }
  } catch (cause) {
    const why = describe(cause)
    throw new StartError('page', `The phone page could not be built (${why}); run pnpm install and start again.`)
  }
}

async function buildInto(folder: string): Promise<void> {
  const draft = `${folder}.${process.pid}.draft`
  try {
    mkdirSync(dirname(folder), { recursive: true })
    await runVite(draft)
    commitDraft(draft, folder)
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
}

/** Two processes may build the same sources at once: the first one wins, and both results are equal. */
function commitDraft(draft: string, folder: string): void {
  try {
    renameSync(draft, folder)
  } catch (cause) {
    if (!existsSync(join(folder, 'index.html'))) throw cause
  }
}

/** The manifest counts as a source: it names the versions that the page is built with. Pictures of the page do not. */
function hashSources(): string {
  const hash = createHash('sha256')
  for (const file of [manifestFile, ...listFiles(phoneFolder)]) {
    hash.update(relative(phoneFolder, file)).update('\0').update(readFileSync(file)).update('\0')
  }
  return hash.digest('hex').slice(0, 16)
}

function listFiles(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.png'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

/** Vite is loaded only when there is something to build: it costs a good part of a second. */
async function runVite(outDir: string): Promise<void> {
  const { build } = await import('vite')
  await build({
    root: phoneFolder,
    configFile: false,
    base: './',
    logLevel: 'silent',
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: { outDir, emptyOutDir: true, assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  })
}

function describe(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause)
  return message.split('\n', 1)[0]?.slice(0, 160) ?? 'unknown'
}
