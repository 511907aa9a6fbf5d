import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { Hosted, Timers } from '@inthread/messaging/ports'
import type { CapabilityDeclaration } from '@inthread/sdk'
import { standardCapabilities } from '@inthread/sdk/capabilities'
import { compareVersions, isInRange, parseManifest, restorePlugin } from '@inthread/sdk/manifest'
import type { EventLog } from '../ports/log.ts'
import { bundleCode } from './bundle-code.ts'
import { GuestPool } from './guest-pool.ts'
import { GuestTier } from './guest-tier.ts'

export interface GuestsParts {
  readonly timers: Pick<Timers, 'every' | 'elapsedMs'>
  readonly log: EventLog
  /** Sees every text that goes to a guest. */
  readonly onSend?: ((text: string) => void) | undefined
}

interface GuestCode {
  readonly digest: string
  readonly manifest: string
  readonly bundle: string
  /** Those that its needs may name besides the standard ones. */
  readonly capabilities?: readonly CapabilityDeclaration[]
}

export interface OpenGuests {
  open(code: GuestCode): Hosted
  close(): Promise<void>
}

const workersAtMost = 8

/** Where packages run that are not the platform's own. Nothing is started before the first call. */
export function openGuests({ timers, log, onSend }: GuestsParts): OpenGuests {
  const size = Math.min(Math.max(2, availableParallelism() - 1), workersAtMost)
  const prelude = (): Promise<string> => bundleCode(fileURLToPath(new URL('./inside/entry.ts', import.meta.url)))
  const pool = new GuestPool({ timers, prelude, size, onSend })
  const tier = new GuestTier({ pool, log, elapsedMs: () => timers.elapsedMs() })
  return {
    open: ({ digest, manifest, bundle, capabilities = [] }) => {
      const known = [...standardCapabilities, ...capabilities]
      const plugin = restorePlugin(parseManifest(manifest), (id, range) => findCapability(known, id, range))
      return { plugin, guest: tier.open({ plugin, digest, bundle }) }
    },
    close: () => pool.close(),
  }
}

/** The newest within the range. */
function findCapability(
  known: readonly CapabilityDeclaration[],
  id: string,
  range: string,
): CapabilityDeclaration | undefined {
  return known
    .filter((each) => each.id === id && isInRange(each.version, range))
    .toSorted((left, right) => compareVersions(right.version, left.version))[0]
}
