import { fileURLToPath } from 'node:url'
import { build, stop } from 'esbuild'

let built: Promise<string> | undefined

/** The code that stands in front of every plugin in its engine: bundled once per process, from the sdk's own sources. */
export function buildPrelude(): Promise<string> {
  built ??= bundle()
  return built
}

async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('./inside/entry.ts', import.meta.url))],
    bundle: true,
    format: 'esm',
    target: 'es2023',
    write: false,
  })
  await stop()
  const [file] = outputFiles
  if (!file) throw new TypeError('the bundler gave nothing')
  return file.text
}
