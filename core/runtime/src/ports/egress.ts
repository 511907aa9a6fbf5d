import { Resolver } from 'node:dns/promises'
import { Agent, buildConnector, request as send, type Dispatcher } from 'undici'
import type { Egress, EgressCall, EgressReply } from '@inthread/messaging/ports'
import { isEgressHost } from '@inthread/sdk/engine'
import { faultCodeOf, isFault } from '@inthread/sdk/fault'
import type { Clock } from '@inthread/sdk/time'
import { isPublicAddress } from './is-public-address.ts'
import { signWebhook } from './sign-webhook.ts'

export interface EgressOptions {
  readonly clock: Clock
  /** Every address of a name. The system's resolver when left out. */
  readonly resolve?: (host: string) => Promise<readonly string[]>
  /** Only of a sandbox: names that stand for a port of this machine, reached over plain HTTP. */
  readonly loopback?: ReadonlyMap<string, number>
  /** For tests: a certificate to trust besides, and where a checked address really is. */
  readonly stage?: { readonly ca?: string; readonly port: number; readonly addressOf: (address: string) => string }
}

export interface OpenEgress extends Egress {
  close(): Promise<void>
}

const deadlineAtMostMs = 15_000
const bodyLimitBytes = 64 * 1024

/** Reasons of our own, thrown inside of a connection and found again as its error's code. */
const refusedAddress = 'EGRESS_ADDRESS_REFUSED'

/**
 * Requests to hosts that plugins declare: https to public addresses, resolved once for a connection, all addresses
 * checked and exactly one of them connected to; no redirects, no proxies, bounded answers. Proxy settings of the
 * environment are not read.
 */
export function createEgress(options: EgressOptions): OpenEgress {
  const pinned = new Agent({ ...agentOptions, keepAliveTimeout: 10_000, connect: pinConnector(options) })
  const plain = new Agent(agentOptions)
  return {
    send: async (call) => {
      const port = options.loopback?.get(call.host)
      const target: Target = { agent: port === undefined ? pinned : plain, port, clock: options.clock }
      return isEgressHost(call.host) ? exchange(call, target) : fail('unreachable', 'host_refused')
    },
    close: async () => {
      await Promise.all([pinned.destroy(), plain.destroy()])
    },
  }
}

const agentOptions = { connections: 16, pipelining: 1, allowH2: false } as const

/** The connection looks the name up once, by us, and goes to what came out of it. */
function pinConnector(options: EgressOptions): buildConnector.connector {
  const { stage } = options
  const connect = buildConnector({
    timeout: 5000,
    rejectUnauthorized: true,
    autoSelectFamily: true,
    allowH2: false,
    ...(stage?.ca === undefined ? {} : { ca: stage.ca }),
    lookup: (host, wanted, done) => {
      void findAddresses(host, options).then(
        (found) => answerLookup(found, wanted, done),
        (error: unknown) => done(toSystemError(error), []),
      )
    },
  })
  return (target, done) => connect(stage ? { ...target, port: String(stage.port) } : target, done)
}

interface Found {
  readonly address: string
  readonly family: number
}

type Lookup = (error: NodeJS.ErrnoException | null, address: string | Found[], family?: number) => void

function answerLookup(found: readonly Found[], wanted: { readonly all?: boolean | undefined }, done: Lookup): void {
  const [first] = found
  if (!first) return done(toSystemError(new Error('no address')), [])
  if (wanted.all === true) done(null, [...found])
  else done(null, first.address, first.family)
}

/** One bad address among good ones refuses the name: which of them is used is not ours to hope for. */
async function findAddresses(host: string, options: EgressOptions): Promise<readonly Found[]> {
  const addresses = await (options.resolve ?? resolvePublicly)(host)
  if (addresses.some((address) => !isPublicAddress(address)))
    throw Object.assign(new Error('an address of this host is not public'), { code: refusedAddress })
  return addresses.map((address) => {
    const real = options.stage?.addressOf(address) ?? address
    return { address: real, family: real.includes(':') ? 6 : 4 }
  })
}

async function resolvePublicly(host: string): Promise<readonly string[]> {
  const resolver = new Resolver({ timeout: 2000, tries: 2 })
  const [four, six] = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)])
  return [...(four.status === 'fulfilled' ? four.value : []), ...(six.status === 'fulfilled' ? six.value : [])]
}

function toSystemError(error: unknown): NodeJS.ErrnoException {
  return Object.assign(new Error('the host has no address that may be used'), { code: codeOf(error) || 'ENOTFOUND' })
}

interface Target {
  readonly agent: Agent
  readonly port: number | undefined
  readonly clock: Clock
}

async function exchange(call: EgressCall, target: Target): Promise<EgressReply> {
  const url = buildUrl(call, target.port)
  if (!url) return fail('refused', 'path_refused')
  const body = call.request.body === undefined ? undefined : Buffer.from(JSON.stringify(call.request.body))
  if (body && body.length > bodyLimitBytes) return fail('refused', 'request_too_large')
  try {
    const answer = await send(url, {
      dispatcher: target.agent,
      method: call.request.method,
      headers: { ...buildHeaders(call, body, target.clock), ...(target.port === undefined ? {} : { host: call.host }) },
      body: body ?? null,
      signal: AbortSignal.timeout(Math.max(1, Math.ceil(Math.min(call.deadlineMs, deadlineAtMostMs)))),
    })
    return await readAnswer(answer)
  } catch (error) {
    return explain(error)
  }
}

/** The path may not lead to another host, nor carry a name and password: what comes out is compared. */
function buildUrl({ host, request }: EgressCall, port: number | undefined): URL | undefined {
  const { path, query = {} } = request
  if (!/^\/(?!\/)[\u0021-\u007e]*$/.test(path) || /[\\#]/.test(path)) return undefined
  const url = URL.parse(path, `https://${host}`)
  if (!url || url.protocol !== 'https:' || url.host !== host.replace(/:443$/, '')) return undefined
  if (url.username !== '' || url.password !== '') return undefined
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  if (url.href.length > 4096) return undefined
  if (port === undefined) return url
  return new URL(`${url.pathname}${url.search}`, `http://127.0.0.1:${port}`)
}

function buildHeaders({ id, secret }: EgressCall, body: Uint8Array | undefined, clock: Clock): Record<string, string> {
  const headers: Record<string, string> = {
    accept: 'application/json',
    'accept-encoding': 'identity',
    'user-agent': 'inthread',
    'idempotency-key': id,
  }
  if (body) headers['content-type'] = 'application/json'
  if (secret?.use === 'bearer') headers['authorization'] = `Bearer ${secret.value}`
  if (secret?.use === 'standard-webhooks')
    Object.assign(headers, signWebhook({ id, at: clock.now(), body: body ?? new Uint8Array() }, secret.value))
  return headers
}

/** Two hundreds with JSON of at most 64 kB; an empty answer is `null`. Redirects are refusals like any other status. */
async function readAnswer({ statusCode, headers, body }: Dispatcher.ResponseData): Promise<EgressReply> {
  // A body that is thrown away fails with nobody there to see it, which would end the process.
  body.on('error', () => undefined)
  if (statusCode < 200 || statusCode > 299) {
    body.destroy()
    return fail('refused', `status_${statusCode}`)
  }
  const encoding = headers['content-encoding']
  if (encoding !== undefined && encoding !== 'identity') {
    body.destroy()
    return fail('malformed', 'encoded')
  }
  const bytes = await readBounded(body)
  if (!bytes) return fail('malformed', 'too_large')
  return parseAnswer(bytes)
}

async function readBounded(body: Dispatcher.ResponseData['body']): Promise<Buffer | undefined> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of body) {
    const bytes = Buffer.from(part as Uint8Array)
    size += bytes.length
    // Leaving the loop destroys the body, and with it the connection.
    if (size > bodyLimitBytes) return undefined
    parts.push(bytes)
  }
  return Buffer.concat(parts)
}

function parseAnswer(bytes: Buffer): EgressReply {
  if (bytes.length === 0) return { kind: 'answered', data: null }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return { kind: 'answered', data: JSON.parse(text) as unknown }
  } catch {
    return fail('malformed', 'not_json')
  }
}

function explain(error: unknown): EgressReply {
  if (isFault(error)) return fail('refused', faultCodeOf(error))
  const name = error instanceof Error ? error.name : ''
  const code = codeOf(error)
  if (name === 'TimeoutError' || name === 'AbortError' || code === 'UND_ERR_BODY_TIMEOUT')
    return fail('late', 'deadline')
  if (code === refusedAddress) return fail('unreachable', 'address_refused')
  return fail('unreachable', code === '' || code.startsWith('ERR_') ? 'unexpected' : 'no_connection')
}

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return ''
  if ('code' in error && typeof error.code === 'string') return error.code
  return 'cause' in error ? codeOf(error.cause) : ''
}

function fail(reason: Extract<EgressReply, { kind: 'failed' }>['reason'], detail: string): EgressReply {
  return { kind: 'failed', reason, detail }
}
