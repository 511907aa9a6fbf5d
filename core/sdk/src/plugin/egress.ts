import type { z } from 'zod'
import type { DataClass } from './collection.ts'
import type { Slots } from './slots.ts'

/**
 * A full name, like `api.example.com`, for port 443, or `api.example.com:8443`. `{ config: 'host' }` is the name that
 * the tenant enters in that field of the plugin's config: for merchants whose own server it is.
 */
export type EgressHost = string | { readonly config: string }

/** A credential of the tenant's, held sealed by the platform. */
export interface SecretDeclaration {
  /** Said to the tenant who enters it. */
  readonly purpose: Readonly<Record<string, string>>
  /** The only hosts it is ever sent to. */
  readonly hosts: readonly EgressHost[]
}

export type SecretDeclarations = Readonly<Record<string, SecretDeclaration>>

/** A host outside that a plugin may ask, over https, port 443 or 8443, at public addresses only. */
export interface EgressDeclaration<Z extends z.ZodType = z.ZodType> {
  readonly host: EgressHost
  /** Said to the tenant and the bank before the plugin is installed. */
  readonly purpose: Readonly<Record<string, string>>
  /** Which classes of data are sent there. */
  readonly data: readonly DataClass[]
  /** What the host answers, as JSON of at most 64 kB. Anything else is `failed`. */
  readonly answer: Z
  /** The secret that goes with each request, as `authorization: Bearer …`. */
  readonly secret?: string
  /**
   * The request is signed with `secret`, which then stays here, as a Standard Webhook (HMAC-SHA-256, `v1`). The
   * platform adds `timestamp` and `thread` to the body, an object: one thread for all that one user writes to this bot.
   */
  readonly sign?: 'standard-webhooks'
}

export type EgressDeclarations = Readonly<Record<string, EgressDeclaration>>

/** One request to a declared host. */
export interface EgressRequest {
  readonly method: 'GET' | 'POST'
  /** Begins with `/`. */
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  /** Sent as JSON, at most 64 kB. */
  readonly body?: unknown
}

const dnsLabel = '(?!-)[a-z0-9-]{1,63}(?<!-)'
const hostName = new RegExp(`^(?=.{4,253}(:|$))(${dnsLabel}\\.)+([a-z]{2,63}|xn--[a-z0-9-]{1,59})(:(443|8443))?$`)
const innerNames =
  /(^|\.)(localhost|local|localdomain|internal|intranet|lan|home|corp|private|arpa|onion|test|invalid)$/

/**
 * Whether it is a host that may be declared: a public name in lower case, never an address in whatever spelling, with
 * no port but 443 and 8443.
 */
export function isEgressHost(host: string): boolean {
  return hostName.test(host) && !innerNames.test(host.replace(/:\d+$/, ''))
}

/** The host that a declaration means under this config; undefined when the config names none that is allowed. */
export function findEgressHost(host: EgressHost, config: Slots): string | undefined {
  const name = typeof host === 'string' ? host : config[host.config]
  return typeof name === 'string' && isEgressHost(name) ? name : undefined
}

/** Why a fetch brought no answer: nobody there, too late, an HTTP error, or an answer that is not as declared. */
const fetchFailures = ['unreachable', 'late', 'refused', 'malformed'] as const
export type FetchFailure = (typeof fetchFailures)[number]
