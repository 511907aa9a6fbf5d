import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from '@inthread/sdk/engine'
import { makePackage, type TestPackage } from '../guest-package.ts'
import { runInthread } from './command.ts'

export interface OutsidePlugin {
  readonly plugin: Plugin
  /** The file that exports it, and its name there. */
  readonly source: string
  readonly name: string
}

/** Builds a plugin in a folder of its own with `inthread plugin build`, as a publisher does. */
export async function buildOutside(folder: string, { plugin, source, name }: OutsidePlugin): Promise<TestPackage> {
  mkdirSync(folder, { recursive: true })
  const exports = { '.': './plugin.ts' }
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'outside', type: 'module', exports }))
  writeFileSync(join(folder, 'plugin.ts'), `export { ${name} as default } from ${JSON.stringify(source)}\n`)
  const { code, output, errors } = await runInthread(['plugin', 'build', folder])
  if (code !== 0) throw new Error(`${output}${errors}`)
  const read = (file: string): string => readFileSync(join(folder, 'dist', file), 'utf8')
  return { ...makePackage(plugin, read('bundle.js')), ...readBuilt(read) }
}

function readBuilt(read: (file: string) => string): Pick<TestPackage, 'manifest' | 'digest'> {
  const { digest } = JSON.parse(read('signature.json')) as { readonly digest: string }
  return { manifest: read('manifest.json'), digest }
}
