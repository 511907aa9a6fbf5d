import type { z } from 'zod'
import type { DataClass } from './collection.ts'

/** A credential of the tenant's, held sealed by the platform. */
export interface SecretDeclaration {
  /** Said to the tenant who enters it. */
  readonly purpose: Readonly<Record<string, string>>
  /** The only hosts it is ever sent to. */
  readonly hosts: readonly string[]
}

export type SecretDeclarations = Readonly<Record<string, SecretDeclaration>>

/** A host outside that a plugin may ask, over https, port 443, at public addresses only. */
export interface EgressDeclaration<Z extends z.ZodType = z.ZodType> {
  /** A full name, like `api.example.com`. */
  readonly host: string
  /** Said to the tenant and the bank before the plugin is installed. */
  readonly purpose: Readonly<Record<string, string>>
  /** Which classes of data are sent there. */
  readonly data: readonly DataClass[]
  /** What the host answers, as JSON of at most 64 kB. Anything else is `failed`. */
  readonly answer: Z
  /** The secret that goes with each request, as `authorization: Bearer …`. */
  readonly secret?: string
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

/** Why a fetch brought no answer: nobody there, too late, an HTTP error, or an answer that is not as declared. */
export const fetchFailures = ['unreachable', 'late', 'refused', 'malformed'] as const
export type FetchFailure = (typeof fetchFailures)[number]
