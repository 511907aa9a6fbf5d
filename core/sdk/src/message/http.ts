/**
 * The narrow HTTP port that the hall hands to channels and banks: bytes out, bytes in, one deadline, no redirects, a
 * bounded answer. It throws `network.unreachable` when surely nothing was sent and `network.no_answer` when the other
 * side may have acted.
 */
export interface HttpClient {
  send(request: HttpRequest): Promise<HttpResponse>
}

export interface HttpRequest {
  readonly method: string
  readonly url: string
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Uint8Array
  readonly deadlineMs: number
  /** For a host that wants to know who calls, or that has an authority of its own. */
  readonly tls?: TlsIdentity
}

/** All PEM. */
export interface TlsIdentity {
  readonly certificate?: string
  readonly key?: string
  /** Whose certificates are believed, in place of the ones that everybody believes. */
  readonly authority?: string
}

export interface HttpResponse {
  readonly status: number
  /** Lower-case names; repeated headers joined by `, `. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/** A request as it came to one of our doors: bytes that nobody has parsed. */
export interface DoorRequest {
  readonly method: string
  /** Path below the door's base, still percent-encoded, with a leading slash; without the query. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}
