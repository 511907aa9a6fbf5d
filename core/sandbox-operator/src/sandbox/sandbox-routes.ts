import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Parts } from '../boot/parts.ts'
import { registerChatbotRoutes } from './chatbot-routes.ts'
import { registerControlRoutes } from './control-routes.ts'
import { registerFaultRoutes } from './fault-routes.ts'
import { registerPhoneRoutes } from './phone-routes.ts'
import { SandboxRefusal, answerFailure } from './sandbox-refusal.ts'
import { registerStreamRoute } from './stream-route.ts'

/** Registers the sandbox controls in a scope that answers callers on this machine only. */
export function registerSandboxRoutes(app: FastifyInstance, parts: Parts): void {
  void app.register(async (scope) => {
    scope.setErrorHandler(answerFailure)
    scope.addHook('onRequest', async (request) => assertLocal(request))
    registerChatbotRoutes(scope, parts)
    registerPhoneRoutes(scope, parts)
    registerControlRoutes(scope, parts)
    registerFaultRoutes(scope, parts)
    registerStreamRoute(scope, parts)
  })
}

/** Also turns away pages of other sites, and names that were made to point here, from using a browser as a bridge. */
function assertLocal(request: FastifyRequest): void {
  const { origin, host = '' } = request.headers
  const foreign = origin !== undefined && !isSameHost(origin, host)
  if (isLoopback(request.socket.remoteAddress ?? '') && isLoopbackName(host) && !foreign) return
  throw new SandboxRefusal(403, 'loopback_only', {
    message: 'sandbox controls answer this machine only',
    where: '/',
    remedy: 'call them from the machine the operator runs on, through 127.0.0.1',
  })
}

function isLoopback(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\./.test(address)
}

function isLoopbackName(host: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/.test(host)
}

function isSameHost(origin: string, host: string): boolean {
  return URL.canParse(origin) && new URL(origin).host === host
}
