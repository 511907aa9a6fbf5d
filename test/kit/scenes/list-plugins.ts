import { globSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Plugin } from '@inthread/sdk'
import { buildManifest, type Manifest } from '@inthread/sdk/manifest'
import type { Story } from '@inthread/sdk/testing'

const folder = fileURLToPath(new URL('../../../plugins/', import.meta.url))

export interface FoundPlugin {
  readonly folder: string
  readonly plugin: Plugin
  readonly stories: readonly Story[]
}

/** Every plugin that comes with the platform, with its stories: a new one is found by its folder. */
export async function listPlugins(): Promise<readonly FoundPlugin[]> {
  const files = globSync('*/plugin.ts', { cwd: folder }).toSorted()
  return Promise.all(
    files.map(async (file) => {
      const url = pathToFileURL(`${folder}${file}`)
      const { default: plugin } = (await import(url.href)) as { default: Plugin }
      const { stories } = (await import(new URL('stories.ts', url).href)) as { stories: readonly Story[] }
      return { folder: basename(dirname(file)), plugin, stories }
    }),
  )
}

/** What each of them says of itself. */
export async function listManifests(): Promise<readonly Manifest[]> {
  return (await listPlugins()).map(({ plugin }) => buildManifest(plugin))
}
