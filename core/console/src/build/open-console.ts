import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readPages, type PageFile } from './read-pages.ts'
import { placePages } from './sources.ts'

export interface Console {
  /** All files by their path, `index.html` among them; built at the first asking where that was not done before. */
  load(): Promise<ReadonlyMap<string, PageFile>>
}

/** The pages as they are kept in a folder of caches. Whoever never looks at them never pays for building them. */
export function openConsole(cacheDir: string): Console {
  let loading: Promise<ReadonlyMap<string, PageFile>> | undefined
  return {
    load: () => {
      const started = (loading ??= loadPages(cacheDir))
      // What could not be built is tried again by whoever asks next.
      started.catch(() => (loading = undefined))
      return started
    },
  }
}

async function loadPages(cacheDir: string): Promise<ReadonlyMap<string, PageFile>> {
  const folder = placePages(cacheDir)
  if (!existsSync(join(folder, 'index.html'))) await runBuild(folder)
  return readPages(folder)
}

/** In a process of its own: building takes seconds of a processor, and turns go on meanwhile. */
function runBuild(folder: string): Promise<void> {
  const entry = join(import.meta.dirname, '../main.ts')
  const child = spawn(process.execPath, [entry, folder], { stdio: ['ignore', 'ignore', 'pipe'] })
  const said: string[] = []
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString()))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`the console could not be built: ${said.join('').slice(0, 400)}`)),
    )
  })
}
