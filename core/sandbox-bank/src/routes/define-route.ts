import type { Static, TObject, TSchema } from 'typebox'
import type { Client } from '../clients/clients.store.ts'
import type { IdempotencyKey } from '../transport/idempotency.store.ts'
import type { ProblemCode } from '../transport/problem.ts'

/** A request that has been signed by a known client and whose parts fit their schemas. */
export interface Call<Params, Query, Body> {
  readonly client: Client
  readonly params: Params
  readonly query: Query
  readonly body: Body
  readonly ifNoneMatch?: string
  readonly ifMatch?: string
}

/** A call that acts, and does so once for its key. */
export interface ActingCall<Params, Query, Body> extends Call<Params, Query, Body> {
  readonly key: IdempotencyKey
  /** The sandbox ordered the bank to decline. */
  readonly declined: boolean
}

/** `body` undefined is an answer without one. */
export interface Answer {
  readonly status: number
  readonly body?: object
  /** In place of JSON. */
  readonly text?: { readonly type: string; readonly content: string }
  readonly headers?: Readonly<Record<string, string>>
}

/** What the answers of a route look like, by status; null for an answer without a body. */
export type AnswerSchemas = Readonly<Record<number, TSchema | null>>

interface Description<P extends TObject, Q extends TObject> {
  /** Path below the address of the bank, parameters written `:id`. */
  readonly url: string
  /** Name of the operation in the document at /openapi.json. */
  readonly id: string
  readonly summary: string
  readonly params?: P
  readonly query?: Q
  readonly answers: AnswerSchemas
  /** The media type of its answers, if not JSON. */
  readonly media?: string
  /** The refusals of its own, beside those every route of its kind has. */
  readonly problems: readonly ProblemCode[]
}

interface ReadingSpec<P extends TObject, Q extends TObject> extends Description<P, Q> {
  readonly method: 'GET' | 'DELETE'
  readonly run: (call: Call<Static<P>, Static<Q>, undefined>) => Answer
}

interface ActingSpec<P extends TObject, B extends TObject> extends Description<P, TObject> {
  /** POST if left out. */
  readonly method?: 'POST' | 'PATCH'
  readonly body: B
  readonly run: (call: ActingCall<Static<P>, unknown, Static<B>>) => Answer
  /** The answer for a request that was done before: the resource as it is now, with the status of then. */
  readonly replay: (client: Client, resourceId: string, status: number) => Answer
}

/** Routes with the types of their parts forgotten: what the server can hold in one list. */
export interface ReadingRoute extends Description<TObject, TObject> {
  readonly method: 'GET' | 'DELETE'
  readonly run: (call: Call<unknown, unknown, unknown>) => Answer
}

export interface ActingRoute extends Description<TObject, TObject> {
  readonly method: 'POST' | 'PATCH'
  readonly body: TObject
  readonly run: (call: ActingCall<unknown, unknown, unknown>) => Answer
  readonly replay: (client: Client, resourceId: string, status: number) => Answer
}

export type Route = ReadingRoute | ActingRoute

/** Whether the caller saw the version of now; without If-Match there is nothing to compare. */
export function isPresent(
  { ifMatch }: { readonly ifMatch?: string },
  { version }: { readonly version: number },
): boolean {
  return ifMatch === undefined || ifMatch.split(',').some((tag) => tag.trim() === `"${version}"` || tag.trim() === '*')
}

export function isActing(route: Route): route is ActingRoute {
  return route.method === 'POST' || route.method === 'PATCH'
}

/** A route that may be repeated at will. The server has checked each part against the schema its type is made of. */
export function defineReading<P extends TObject, Q extends TObject>(spec: ReadingSpec<P, Q>): ReadingRoute {
  return { ...spec, run: (call) => spec.run(call as Call<Static<P>, Static<Q>, undefined>) }
}

/** A POST or PATCH: needs an Idempotency-Key, and a repeated request is answered by `replay`. */
export function defineActing<P extends TObject, B extends TObject>(spec: ActingSpec<P, B>): ActingRoute {
  return {
    ...spec,
    method: spec.method ?? 'POST',
    run: (call) => spec.run(call as ActingCall<Static<P>, unknown, Static<B>>),
  }
}

/** A resource with its version as ETag. */
export function buildResourceAnswer(status: number, resource: { readonly version: number }): Answer {
  return { status, body: resource, headers: { etag: `"${resource.version}"` } }
}
