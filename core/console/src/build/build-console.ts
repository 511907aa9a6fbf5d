import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { guide, listFiles, pageFolder } from './sources.ts'

/**
 * Builds the pages into this folder, each with its compressed forms beside it. The folder appears in one step: a build
 * that was cut short is never served. Returns an exit code.
 */
export async function buildConsole(folder: string): Promise<number> {
  const draft = `${folder}.${process.pid}.draft`
  try {
    mkdirSync(dirname(folder), { recursive: true })
    await runVite(draft)
    compressAll(draft)
    commitDraft(draft, folder)
    return 0
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    return 1
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

async function runVite(outDir: string): Promise<void> {
  const [{ build }, { default: react }] = await Promise.all([import('vite'), import('@vitejs/plugin-react')])
  await build({
    root: pageFolder,
    configFile: false,
    base: '/console/',
    logLevel: 'warn',
    plugins: [react()],
    define: { operatorsGuide: JSON.stringify(readFileSync(guide, 'utf8')) },
    build: {
      ...{ outDir, emptyOutDir: true, assetsInlineLimit: 0, target: 'es2023', chunkSizeWarningLimit: 900 },
      modulePreload: { polyfill: false },
    },
  })
}

/** Once and well, in place of at every request and badly. */
function compressAll(folder: string): void {
  for (const file of listFiles(folder)) {
    if (!/\.(js|css|svg)$/.test(file)) continue
    const bytes = readFileSync(file)
    const quality = {
      params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
    }
    writeFileSync(`${file}.br`, brotliCompressSync(bytes, quality))
    writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }))
  }
}
