import type { Books, Client, Outcome, Shown } from './books.ts'

/** A request of a known client. */
export interface Ask {
  readonly books: Books
  readonly client: Client
  /** What the stars of the path stand for. */
  readonly parts: readonly string[]
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, string>>
  readonly body: Readonly<Record<string, unknown>>
}

export type Route =
  | {
      readonly method: 'GET' | 'DELETE'
      readonly path: string
      readonly run: (ask: Ask) => Shown & { status?: number }
    }
  | { readonly method: 'POST'; readonly path: string; readonly act: (ask: Ask) => Outcome }

/** With its version as an entity tag. */
export function show(body: Readonly<Record<string, unknown>> & { readonly version: number }): Shown {
  return { body, headers: { etag: `"r${body.version}"` } }
}
