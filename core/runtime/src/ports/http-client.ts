import { createHash } from 'node:crypto'
import { Agent, request as send, type Dispatcher } from 'undici'
import { Fault } from '@inthread/sdk/fault'
import type { HttpClient, HttpRequest, HttpResponse, TlsIdentity } from '@inthread/sdk/bank'

const answerLimitBytes = 1_000_000

/** Errors after which the other side surely got nothing. Everything else may have arrived. */
const neverSent: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

export interface OpenHttpClient extends HttpClient {
  close(): Promise<void>
}

/**
 * HTTP towards operators and banks: kept connections, one deadline for everything, no redirects, bounded answers. A
 * call's own deadline counts, or `deadlineAtMostMs` where that is sooner.
 */
export function createHttpClient(deadlineAtMostMs = Number.POSITIVE_INFINITY): OpenHttpClient {
  const agents = new Agents()
  return {
    send: (request) =>
      exchange(agents.get(request.tls), { ...request, deadlineMs: Math.min(request.deadlineMs, deadlineAtMostMs) }),
    close: () => agents.destroy(),
  }
}

/** Connections of one identity are never used for another. */
class Agents {
  readonly #plain = openAgent({})
  readonly #own = new Map<string, Agent>()

  get(tls: TlsIdentity | undefined): Agent {
    if (tls === undefined) return this.#plain
    const name = createHash('sha256').update(JSON.stringify(tls)).digest('hex')
    const known = this.#own.get(name) ?? openAgent(tls)
    this.#own.set(name, known)
    return known
  }

  async destroy(): Promise<void> {
    await Promise.all([this.#plain, ...this.#own.values()].map((agent) => agent.destroy()))
  }
}

function openAgent({ certificate, key, authority }: TlsIdentity): Agent {
  const tls = {
    ...(certificate === undefined || key === undefined ? {} : { cert: certificate, key }),
    ...(authority === undefined ? {} : { ca: authority }),
  }
  return new Agent({ connections: 64, pipelining: 1, keepAliveTimeout: 30_000, connect: { timeout: 5000, ...tls } })
}

async function exchange(agent: Agent, request: HttpRequest): Promise<HttpResponse> {
  try {
    const answer = await send(request.url, {
      dispatcher: agent,
      method: request.method as Dispatcher.HttpMethod,
      headers: { ...request.headers },
      body: request.body ?? null,
      signal: AbortSignal.timeout(request.deadlineMs),
    })
    return { status: answer.statusCode, headers: joinHeaders(answer.headers), body: await readBody(answer.body) }
  } catch (cause) {
    throw new Fault(neverSent.has(codeOf(cause)) ? 'network.unreachable' : 'network.no_answer', { cause })
  }
}

async function readBody(body: Dispatcher.ResponseData['body']): Promise<Uint8Array> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of body) {
    const bytes = Buffer.from(part as Uint8Array)
    size += bytes.length
    if (size > answerLimitBytes) throw new Error('the answer is too large')
    parts.push(bytes)
  }
  return Buffer.concat(parts)
}

function joinHeaders(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const joined: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) joined[name] = Array.isArray(value) ? value.join(', ') : value
  }
  return joined
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : ''
}
