import { createTRPCUntypedClient, httpLink } from '@trpc/client'
import { toAdminError } from './call/admin-error.ts'
import { procedures, type AdminApi } from './generated/api.ts'

export { AdminError } from './call/admin-error.ts'
export type { Mutation, Query } from './call/procedure.ts'
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
  const client = createTRPCUntypedClient({
    links: [
      httpLink({
        url: `${base}/trpc`,
        headers: apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` },
      }),
    ],
  })
  const api: Partial<Record<string, unknown>> = {}
  for (const [path, kind] of Object.entries(procedures)) {
    const run = (input: unknown): Promise<unknown> =>
      (kind === 'query' ? client.query(path, input) : client.mutation(path, input)).catch((error: unknown) => {
        throw toAdminError(error, base)
      })
    put(api, path.split('.'), kind === 'query' ? { query: run } : { mutate: run })
  }
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
