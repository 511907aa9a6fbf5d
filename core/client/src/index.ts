import { createTRPCUntypedClient, httpLink } from '@trpc/client'
import { toAdminError } from './call/admin-error.ts'
import type { StreamOptions } from './call/procedure.ts'
import { subscribe } from './call/subscribe.ts'
import { procedures, type AdminApi } from './generated/api.ts'

export { AdminError } from './call/admin-error.ts'
export type { Mutation, Query, StreamEvent, StreamOptions, Subscription } from './call/procedure.ts'
export { procedures, type AdminApi } from './generated/api.ts'

export interface AdminClientOptions {
  /** Where the platform listens, like `http://127.0.0.1:7070`. */
  readonly url: string
  /** Left out by a page of the platform itself, whose browser sends a session along. */
  readonly apiKey?: string
}

/**
 * The admin API as an object: `client.tenants.get.query({ tenant })`, `client.tenants.apply.mutate({ … })`. Calls
 * reject with an `AdminError`.
 */
export function createAdminClient({ url, apiKey }: AdminClientOptions): AdminApi {
  const base = url.replace(/\/+$/, '')
  const headers: Readonly<Record<string, string>> = apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }
  const client = createTRPCUntypedClient({ links: [httpLink({ url: `${base}/trpc`, headers })] })
  const explain = (error: unknown): never => {
    throw toAdminError(error, base)
  }
  const build = (path: string, kind: (typeof procedures)[keyof typeof procedures]): object => {
    if (kind === 'query') return { query: (input: unknown) => client.query(path, input).catch(explain) }
    if (kind === 'mutation') return { mutate: (input: unknown) => client.mutation(path, input).catch(explain) }
    return {
      subscribe: (input: unknown, { signal }: StreamOptions = {}) => subscribe({ base, headers, path, input, signal }),
    }
  }
  const api: Partial<Record<string, unknown>> = {}
  for (const [path, kind] of Object.entries(procedures)) put(api, path.split('.'), build(path, kind))
  return api as Partial<AdminApi> as AdminApi
}

function put(into: Partial<Record<string, unknown>>, [name = '', ...rest]: readonly string[], procedure: object): void {
  if (rest.length === 0) {
    into[name] = procedure
    return
  }
  const group = (into[name] ?? {}) as Record<string, unknown>
  into[name] = group
  put(group, rest, procedure)
}
