import { join } from 'node:path'
import fastify from 'fastify'
import type { FastifyInstance } from 'fastify'
import { startPump } from '../callbacks/callback-pump.ts'
import { registerBotRoutes } from '../northbound/bot-routes.ts'
import { buildPhone } from '../page/build-phone.ts'
import { servePage } from '../page/serve-page.ts'
import { registerSandboxRoutes } from '../sandbox/sandbox-routes.ts'
import { startDisplayTimer } from '../threads/display-messages.ts'
import { seedPhones } from '../threads/phone.store.ts'
import { openGround } from './open-ground.ts'
import type { OperatorOptions, RunningOperator } from './options.ts'
import { createParts } from './parts.ts'
import type { Parts } from './parts.ts'
import { registerHealthRoutes } from './health-routes.ts'
import { StartError } from './start-error.ts'

const bodyLimitBytes = 1_000_000

/** Starts an operator. Throws StartError with one sentence that names the remedy when the environment forbids it. */
export async function startOperator(options: OperatorOptions): Promise<RunningOperator> {
  const wakers: (() => void)[] = []
  const parts = createParts(openGround(options, () => wakers.forEach((wake) => wake())))
  seedPhones(parts.phones)
  const server = createServer()
  try {
    const urlOf = { current: '' }
    registerBotRoutes(server, parts, () => urlOf.current)
    registerSandboxRoutes(server, parts)
    registerHealthRoutes(server, parts)
    if (options.page !== false) await addPage(server, options)
    urlOf.current = await listen(server, options)
    return run(parts, { server, wakers, url: urlOf.current })
  } catch (cause) {
    await server.close()
    parts.db.close()
    throw cause
  }
}

function createServer(): FastifyInstance {
  return fastify({
    bodyLimit: bodyLimitBytes,
    forceCloseConnections: true,
    // A chatbot's address in the path is longer than the default allows.
    routerOptions: { maxParamLength: 500 },
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false } },
  })
}

async function addPage(server: FastifyInstance, options: OperatorOptions): Promise<void> {
  const { home, pageCache = join(home, 'cache'), locale = 'zh-CN' } = options
  const { folder } = await buildPhone(pageCache)
  servePage(server, folder, locale)
}

async function listen(server: FastifyInstance, { host = '127.0.0.1', port }: OperatorOptions): Promise<string> {
  try {
    await server.listen({ host, port })
  } catch (cause) {
    throw describeListenFailure(cause, `${host}:${port}`)
  }
  const address = server.server.address()
  const taken = typeof address === 'object' && address ? address.port : port
  const shown = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host
  return `http://${shown}:${taken}`
}

function describeListenFailure(cause: unknown, where: string): unknown {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  if (code === 'EADDRINUSE') {
    const remedy = 'stop what listens there or set INTHREAD_OPERATOR_PORT to a free port'
    return new StartError('port_used', `The operator's address ${where} is in use; ${remedy}.`)
  }
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    const remedy = 'set INTHREAD_HOST and INTHREAD_OPERATOR_PORT to an address of this machine'
    return new StartError('port_refused', `The operator may not listen on ${where}; ${remedy}.`)
  }
  return cause
}

interface Started {
  readonly server: FastifyInstance
  readonly wakers: (() => void)[]
  readonly url: string
}

function run(parts: Parts, { server, wakers, url }: Started): RunningOperator {
  const pump = startPump(parts)
  const display = startDisplayTimer(parts)
  wakers.push(pump.wake, () => display.ringIn(0))
  parts.log('ready', { url })
  const stop = async (): Promise<void> => {
    await server.close()
    display.close()
    await pump.close()
    parts.db.close()
    parts.log('stopped')
  }
  let stopped: Promise<void> | undefined
  return { url, close: () => (stopped ??= stop()) }
}
