import { build } from 'esbuild'

/** A module with everything it imports, as one text without imports. */
export async function bundleCode(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    format: 'esm',
    target: 'es2023',
    minify: true,
    legalComments: 'none',
    write: false,
  })
  const [file] = outputFiles
  if (!file) throw new TypeError('the bundler gave nothing')
  return file.text
}
