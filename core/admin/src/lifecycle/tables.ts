import { column, type Migration } from '@inthread/store'
import type { InstallationState, PackageState } from './states.ts'

const { added, count, id, instant, json, nullable, ref, sealed, table, text } = column

export interface PublisherRow {
  id: string
  /** Ed25519, as SPKI in base64. */
  public_key: string
  /** Where its packages run: in our own process, or walled in. */
  tier: 'first_party' | 'guest'
  state: 'active' | 'suspended'
  created_at: number
}

export interface PackageRow {
  id: string
  version: string
  publisher: string
  /** Sha-256 over the canonical manifest and the bundle; of a plugin that comes with the platform, over its sources. */
  digest: string
  manifest: string
  /** The code; null where it comes with the platform. */
  bundle: string | null
  signature: string | null
  state: PackageState
  /** The capability whose dialogue it holds. */
  provides: string | null
  created_at: number
  updated_at: number
}

export interface InstallationRow {
  tenant_id: string
  /** A bot; or `bank:<id>` for a dialogue that comes with a bank. */
  bot_id: string
  plugin: string
  /** Pinned: only an upgrade, or a definition whose range no longer holds it, changes it. */
  version: string
  state: InstallationState
  /** Layers as partial objects without defaults: see `mergeConfig`. */
  config: string
  config_version: number
  created_at: number
  updated_at: number
}

export interface KillRow {
  id: string
  level: string
  plugin: string | null
  version: string | null
  tenant: string | null
  capability: string | null
  provider: string | null
  reason: string
  created_at: number
  lifted_at: number | null
}

/** A config that was in force from a moment on, until the next one. */
export interface PublishedConfigRow {
  tenant_id: string
  id: string
  bot_id: string
  plugin: string
  version: string
  config: string
  config_version: number
  /** Who published it, as proposals name people. */
  actor_name: string
  created_at: number
}

/** What a tenant has entered for a plugin's contract: it goes before what a definition names. */
export interface PluginSecretRow {
  tenant_id: string
  bot_id: string
  plugin: string
  /** As the contract calls it. */
  name: string
  value: string
  set_at: number
  /** Who has entered it, as proposals name people. */
  set_by: string
}

export interface ReceiptRow {
  id: string
  tenant_id: string
  digest: string
  body: string
  created_at: number
}

export interface LifecycleTables {
  publisher: PublisherRow
  package: PackageRow
  installation: InstallationRow
  kill_switch: KillRow
  erasure_receipt: ReceiptRow
  published_config: PublishedConfigRow
  plugin_secret: PluginSecretRow
}

export const lifecycleMigrations: readonly Migration[] = [
  {
    id: 'admin.003',
    tables: [
      table(
        'publisher',
        { id: ref(), public_key: text(), tier: ref(), state: ref(), created_at: instant() },
        { primary: ['id'] },
      ),
      table(
        'package',
        {
          id: ref(),
          version: ref(),
          publisher: ref(),
          digest: ref(),
          manifest: json(),
          bundle: nullable(text()),
          signature: nullable(text()),
          state: ref(),
          created_at: instant(),
          updated_at: instant(),
        },
        { primary: ['id', 'version'], unique: { digest: ['digest'] } },
      ),
      table(
        'installation',
        {
          tenant_id: ref(),
          bot_id: ref(),
          plugin: ref(),
          version: ref(),
          state: ref(),
          config: json(),
          config_version: count(),
          created_at: instant(),
          updated_at: instant(),
        },
        { primary: ['tenant_id', 'bot_id', 'plugin'], index: { plugin: ['plugin', 'version'] } },
      ),
      table(
        'kill_switch',
        {
          id: id(),
          level: ref(),
          plugin: nullable(ref()),
          version: nullable(ref()),
          tenant: nullable(ref()),
          capability: nullable(ref()),
          provider: nullable(ref()),
          reason: text(),
          created_at: instant(),
          lifted_at: nullable(instant()),
        },
        { primary: ['id'], index: { thrown: ['lifted_at'] } },
      ),
      table(
        'erasure_receipt',
        { id: id(), tenant_id: ref(), digest: ref(), body: json(), created_at: instant() },
        { primary: ['id'], index: { tenant: ['tenant_id', 'created_at'] } },
      ),
    ],
  },
  {
    id: 'admin.004',
    tables: [],
    added: [
      { table: 'package', columns: { provides: added(nullable(ref()), null) }, index: { provides: ['provides'] } },
    ],
  },
  {
    id: 'admin.published-config',
    tables: [
      table(
        'published_config',
        {
          tenant_id: ref(),
          id: id(),
          bot_id: ref(),
          plugin: ref(),
          version: ref(),
          config: json(),
          config_version: count(),
          actor_name: ref(),
          created_at: instant(),
        },
        {
          primary: ['tenant_id', 'id'],
          index: { installation: ['tenant_id', 'bot_id', 'plugin', 'created_at', 'id'] },
        },
      ),
    ],
  },
  {
    id: 'admin.plugin-secret',
    tables: [
      table(
        'plugin_secret',
        {
          tenant_id: ref(),
          bot_id: ref(),
          plugin: ref(),
          name: ref(),
          value: sealed(),
          set_at: instant(),
          set_by: ref(),
        },
        { primary: ['tenant_id', 'bot_id', 'plugin', 'name'] },
      ),
    ],
  },
]
