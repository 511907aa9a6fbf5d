import { createHash } from 'node:crypto'
import { bundleCode, openGuests, type OpenGuests } from '@inthread/runtime'
import type { Plugin } from '@inthread/sdk/engine'
import { buildManifest, writeManifest } from '@inthread/sdk/manifest'
import { pause } from './ground.ts'

/** A package as a publisher would upload it. */
export interface TestPackage {
  readonly plugin: Plugin
  readonly manifest: string
  readonly bundle: string
  readonly digest: string
}

export function makePackage(plugin: Plugin, bundle: string): TestPackage {
  const manifest = writeManifest(buildManifest(plugin))
  return { plugin, manifest, bundle, digest: digestOf(manifest, bundle) }
}

/** Sha-256 over manifest, a zero byte and bundle. */
function digestOf(manifest: string, bundle: string): string {
  return createHash('sha256').update(manifest).update('\0').update(bundle).digest('hex')
}

/** From the plugin's own source file. */
export async function bundlePackage(plugin: Plugin, entry: string): Promise<TestPackage> {
  return makePackage(plugin, await bundleCode(entry))
}

/** A file that exports many plugins by name, as a bundle for each of them. */
export async function bundleMany(
  entry: string,
  name: string,
  plugins: Readonly<Record<string, Plugin>>,
): Promise<readonly TestPackage[]> {
  const code = await bundleCode(entry)
  const pattern = new RegExp(String.raw`export\s*\{\s*(\w+) as ${name}\s*\};?\s*$`)
  if (!pattern.test(code)) throw new Error(`${entry} exports more than ${name}`)
  return Object.entries(plugins).map(([key, plugin]) =>
    makePackage(plugin, code.replace(pattern, `export default $1[${JSON.stringify(key)}];`)),
  )
}

/** Guests without a house around them. */
export function openTestGuests(log: string[] = []): OpenGuests {
  return openGuests({
    timers: { elapsedMs: () => performance.now(), every: repeat },
    log: { event: (name, facts = {}) => void log.push(JSON.stringify({ event: name, ...facts })) },
  })
}

function repeat(intervalMs: number, work: () => Promise<void>): { stop(): Promise<void> } {
  let stopped = false
  const running = (async () => {
    while (!stopped) {
      await pause(intervalMs)
      if (!stopped) await work()
    }
  })()
  return {
    stop: async () => {
      stopped = true
      await running
    },
  }
}
