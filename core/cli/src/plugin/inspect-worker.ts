import { parentPort, workerData } from 'node:worker_threads'
import type { Plugin } from '@inthread/sdk/engine'
import { buildManifest, writeManifest } from '@inthread/sdk/manifest'
import { closeWorld, describeWorld } from './close-world.ts'
import type { Inspection } from './inspection.ts'

/** In a worker of its own: loads the bundle with the clock, chance and the outside taken away, and looks around. */
async function inspect(bundle: string): Promise<Inspection> {
  const used = closeWorld()
  const before = describeWorld()
  try {
    const module = (await import(`data:text/javascript;base64,${Buffer.from(bundle).toString('base64')}`)) as object
    const plugin: unknown = Reflect.get(module, 'default')
    if (!isPlugin(plugin))
      return { manifest: undefined, problems: ['its default export is no plugin: export definePlugin(…)'] }
    const manifest = writeManifest(buildManifest(plugin))
    return { manifest, problems: [...used, ...listChanges(before, describeWorld())] }
  } catch (error) {
    const why = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
    return { manifest: undefined, problems: [...used, `it cannot be loaded: ${why.slice(0, 500)}`] }
  }
}

function isPlugin(value: unknown): value is Plugin {
  return typeof value === 'object' && value !== null && 'contract' in value && 'flows' in value
}

function listChanges(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  return [...after]
    .filter(([name, description]) => before.get(name) !== description)
    .map(([name]) => `loading it changes ${name}: a plugin only declares, and leaves everything as it was`)
}

parentPort?.postMessage(await inspect(String(workerData)))
