import { fastifyTRPCPlugin, type FastifyTRPCPluginOptions } from '@trpc/server/adapters/fastify'
import Fastify, { type FastifyError, type FastifyReply, type FastifyRequest, type FastifyInstance } from 'fastify'
import { buildOpenApi } from '@inthread/admin/openapi'
import { adminRouter, type AdminContext, type AdminRouter } from '@inthread/admin/router'
import { findKeyHolder, findPerson, recallPerson, type KeyHolder } from '@inthread/admin'
import type { AdminPorts } from '@inthread/admin/ports'
import type { Console } from '@inthread/console'
import { faultCodeOf } from '@inthread/sdk/fault'
import type { Readiness } from '../boot/health.ts'
import type { EventLog } from '../ports/log.ts'
import { openBankDoor, type BankDoorParts } from './bank-door.ts'
import { openConsolePage } from './console-page.ts'
import type { OnRoute } from './on-route.ts'
import { openHealth } from './open-health.ts'
import { openOperatorDoor, type OperatorDoorParts } from './operator-door.ts'
import { createOriginCheck, isInClear, openSignInDoor, readDoorCall } from './sign-in-door.ts'
import { openSandboxDoor, type SandboxDoorParts } from './sandbox-door.ts'
import { explainStatus, nothingHere, refuseUnread, sendProblem } from './problem.ts'

export interface ServerParts extends OperatorDoorParts, BankDoorParts {
  readonly admin: AdminPorts
  readonly health: Readiness
  /** Where clients find this platform. */
  readonly publicUrl: string
  /** Whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[]
  readonly log: EventLog
  readonly console: Console
  /** Told of every answer: the route's pattern, the status, and how long it took. */
  readonly onAnswer?: (route: string, status: number, durationMs: number) => void
  readonly onRoute?: OnRoute | undefined
  /** Absent outside of a sandbox: then the controls do not exist. */
  readonly sandbox: SandboxDoorParts | undefined
}

/** A push of an operator or a bank is far smaller; ten megabytes get no further than this. */
const pushLimitBytes = 256 * 1024
const adminLimitBytes = 16 * 1024 * 1024
/** Whoever takes longer to say what they want keeps a connection from others. */
const requestMs = 120_000

/** Everything this process listens to. */
export function buildServer(parts: ServerParts): FastifyInstance {
  const server = Fastify({
    logger: false,
    trustProxy: parts.trustedProxies.length > 0 && [...parts.trustedProxies],
    bodyLimit: adminLimitBytes,
    routerOptions: { maxParamLength: 5000 },
    forceCloseConnections: true,
    requestTimeout: requestMs,
    frameworkErrors: refuseAddress,
    clientErrorHandler: refuseUnread,
  })
  const { onAnswer, onRoute } = parts
  if (onRoute) server.addHook('onRoute', ({ method, url }) => onRoute('platform', [method].flat(), url))
  server.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500
    if (status >= 500)
      parts.log.event('http.failed', { code: faultCodeOf(error), path: request.routeOptions.url ?? '', status })
    return sendProblem(reply, status, explainStatus(status, request.routeOptions.bodyLimit))
  })
  if (onAnswer)
    server.addHook('onResponse', async (request, reply) =>
      // How long somebody has listened says nothing about how fast we answer.
      isStream(reply) ? undefined : onAnswer(request.routeOptions.url ?? 'none', reply.statusCode, reply.elapsedTime),
    )
  server.setNotFoundHandler((_request, reply) => sendProblem(reply, 404, nothingHere))
  void server.register((scope) => openDoors(scope, parts))
  const isOurs = createOriginCheck(parts.publicUrl, parts.sandbox !== undefined)
  void server.register((scope) => openOffice(scope, parts, isOurs), { prefix: '/trpc' })
  const door = { people: parts.admin.people, isOurs, inClear: isInClear(parts.publicUrl, parts.sandbox !== undefined) }
  void server.register((scope) => openSignInDoor(scope, door), { prefix: '/auth' })
  openPlain(server, parts)
  openConsolePage(server, parts.console)
  const { sandbox } = parts
  if (sandbox) void server.register((scope) => openSandboxDoor(scope, sandbox))
  return server
}

/** In this scope bodies stay bytes: a signature is over bytes, and nobody may parse what nobody has verified. */
async function openDoors(scope: FastifyInstance, parts: ServerParts): Promise<void> {
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  scope.addHook('onRoute', (route) => void (route.bodyLimit = pushLimitBytes))
  const { sandbox } = parts
  // What falls due with a step of the bank's clock is signed in a time that ours may not have reached yet.
  if (sandbox) scope.addHook('onRequest', async () => void (await sandbox.settled()))
  openOperatorDoor(scope, parts)
  openBankDoor(scope, parts)
}

type OriginCheck = ReturnType<typeof createOriginCheck>

async function openOffice(scope: FastifyInstance, { admin, log }: ServerParts, isOurs: OriginCheck): Promise<void> {
  const options: FastifyTRPCPluginOptions<AdminRouter> = {
    trpcOptions: {
      router: adminRouter,
      maxBatchSize: 20,
      // The client is told a reference and nothing else: here is what it refers to.
      onError: ({ error, path, ctx }) => {
        if (error.code !== 'INTERNAL_SERVER_ERROR') return
        const facts = { code: faultCodeOf(error.cause), detail: placeOf(error.cause ?? error) }
        log.event('office.failed', { ...facts, path: path ?? '', reference: ctx?.reference ?? '' })
      },
      createContext: async ({ req, info }) => {
        const recall = createRecall(admin, req)
        const { holder, foreign } =
          info.type === 'subscription'
            ? { holder: await recall(), foreign: false }
            : await findCaller(admin, req, isOurs)
        return { holder, foreign, recall, ports: admin, reference: admin.ids.next() }
      },
    },
  }
  // Names, addresses and amounts of whoever may read them: no browser and no proxy keeps them.
  scope.addHook('onRequest', async (_request, reply) => void reply.header('cache-control', 'no-store'))
  await scope.register(fastifyTRPCPlugin, { ...options, prefix: '' })
}

/** Who has a key comes with it; a cookie counts where a page of ours has sent it, or where nothing is changed. */
async function findCaller(admin: AdminPorts, request: FastifyRequest, isOurs: OriginCheck): Promise<Caller> {
  const key = readKey(request)
  if (key !== undefined) return { holder: await findKeyHolder(admin.store, key, admin.clock.now()), foreign: false }
  if (request.headers.cookie === undefined) return { holder: undefined, foreign: false }
  if (request.method !== 'GET' && !isOurs(request)) return { holder: undefined, foreign: true }
  return { holder: await findPerson(admin.people, readDoorCall(request)), foreign: false }
}

/** The same of a stream, which changes nothing, and which a page opens again by itself when nobody is there. */
function createRecall(admin: AdminPorts, request: FastifyRequest): () => Promise<KeyHolder | undefined> {
  const key = readKey(request)
  const call = readDoorCall(request)
  return () =>
    key === undefined ? recallPerson(admin.people, call) : findKeyHolder(admin.store, key, admin.clock.now())
}

function readKey({ headers }: FastifyRequest): string | undefined {
  return /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1]
}

function isStream(reply: FastifyReply): boolean {
  return String(reply.getHeader('content-type')).startsWith('text/event-stream')
}

type Caller = Pick<AdminContext, 'holder' | 'foreign'>

function openPlain(server: FastifyInstance, parts: ServerParts): void {
  const { banks, health, candidates, publicUrl, sandbox } = parts
  let described: ReturnType<typeof buildOpenApi> | undefined
  server.get('/openapi.json', () => (described ??= buildOpenApi(publicUrl)))
  openHealth(server, health, sandbox === undefined ? 'counted' : 'named')
  server.get('/.well-known/jwks.json', async () => {
    const inForce = (await banks.list()).map(({ connection }) => connection.publicKey)
    const kids = new Set(inForce.map(({ kid }) => kid))
    return { keys: [...inForce, ...candidates.listKeys().filter(({ kid }) => !kids.has(kid))] }
  })
}

/** What was thrown and where: its class, and lines of code. Never its message, which may hold values. */
function placeOf(error: Error): string {
  const frames = (error.stack ?? '').split('\n').flatMap((line) => /([\w.-]+\.[jt]s:\d+)/.exec(line)?.[1] ?? [])
  return [error.name, ...frames.slice(0, 4)].join(' ')
}

/** An address that cannot be read; by itself, Fastify would quote it. */
function refuseAddress(error: FastifyError, _request: FastifyRequest, reply: FastifyReply): void {
  const status = error.statusCode ?? 400
  void sendProblem(reply, status, explainStatus(status, undefined))
}
