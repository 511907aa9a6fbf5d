import Fastify, { type FastifyInstance } from 'fastify'
import { buildCapabilityRoutes } from '../routes/capabilities.ts'
import { buildConfirmationRoutes } from '../routes/confirmations.ts'
import type { Route } from '../routes/define-route.ts'
import { buildEventRoutes } from '../routes/events.ts'
import { buildLinkRoutes } from '../routes/links.ts'
import { buildPaymentRoutes } from '../routes/payments.ts'
import { installDocument, servePublicRoutes, serveTokens } from '../routes/public-routes.ts'
import { serveRoutes } from '../routes/serve.ts'
import { buildCommitRoutes } from '../deeds/commit-routes.ts'
import { commitKinds, quoteKinds } from '../deeds/kinds.ts'
import { buildProductRoutes } from '../products/product-routes.ts'
import { servePages } from '../pages/serve-pages.ts'
import { buildAnyQuoteRoute, buildQuoteRoutes } from '../quotes/quote-routes.ts'
import { buildMoneyRoutes } from '../routes/money-routes.ts'
import { serveClockControl } from '../sandbox/clock-control.ts'
import { serveControls } from '../sandbox/controls.ts'
import { assertLoopback } from '../sandbox/loopback.ts'
import { RunningRequests } from '../transport/once.ts'
import { beginExchange } from '../transport/exchange.ts'
import { buildResponseSigner } from '../signing/build-response-signer.ts'
import { buildProblemOf } from '../transport/build-problem-of.ts'
import { answerUnread, installWire, sendProblem, type Wire } from '../transport/wire.ts'
import type { Bank } from './bank.ts'

const bodyLimitBytes = 64 * 1024

/** Where the bank is reached. Known only once it listens, when the system chooses the port. */
export interface Place {
  publicUrl: string
}

/** The public API. */
function buildRoutes(bank: Bank): Route[] {
  return [
    ...buildCapabilityRoutes(bank),
    ...buildLinkRoutes(bank),
    ...buildConfirmationRoutes(bank),
    ...buildPaymentRoutes(bank),
    ...buildEventRoutes(bank),
    ...buildMoneyRoutes(bank),
    buildAnyQuoteRoute(bank),
    ...quoteKinds.flatMap((kind) => buildQuoteRoutes(bank, kind)),
    ...commitKinds.flatMap((kind) => buildCommitRoutes(bank, kind)),
    ...buildProductRoutes(bank),
  ]
}

/** `onRoute` is told of every route that is registered. */
export async function buildServer(
  bank: Bank,
  place: Place,
  onRoute: (method: string, url: string) => void,
): Promise<FastifyInstance> {
  const signer = buildResponseSigner({
    key: () => bank.signingKeys.current(),
    now: () => bank.clock.now(),
    randomName: () => bank.vault.randomName(),
  })
  const wire: Wire = { signer, place }
  const app = Fastify({
    bodyLimit: bodyLimitBytes,
    exposeHeadRoutes: false,
    forceCloseConnections: 'idle',
    frameworkErrors: (error, request, reply) => void answerUnread(bank, wire, { error, request, reply }),
  })
  app.decorateRequest('exchange')
  // Answers are text already: a writer for each of their schemas would take longer to make than the bank to open.
  app.setSerializerCompiler(() => (data) => JSON.stringify(data))
  app.addHook('onRoute', (route) => [route.method].flat().forEach((method) => onRoute(method, route.url)))
  await installDocument(app, place)
  servePublicRoutes(app, bank)
  await app.register(async (scope) => servePages(scope, bank))
  await app.register(async (scope) => serveTokens(scope, bank, place))
  await app.register(async (scope) => serveApi(scope, bank, wire), { prefix: '/v1' })
  if (bank.sandbox) await app.register(async (scope) => serveSandbox(scope, bank, place))
  return app
}

function serveApi(scope: FastifyInstance, bank: Bank, wire: Wire): void {
  installWire(scope, bank, wire)
  serveRoutes(scope, { bank, running: new RunningRequests() }, buildRoutes(bank))
  if (bank.sandbox) serveClockControl(scope, bank)
}

/** Unsigned, and for this machine only. */
function serveSandbox(scope: FastifyInstance, bank: Bank, place: Place): void {
  scope.addHook('onRequest', async (request) => {
    request.exchange = beginExchange(bank, place, request)
    await assertLoopback(request)
  })
  scope.addHook('onRoute', (route) => {
    route.schema = { ...route.schema, hide: true }
  })
  scope.setErrorHandler((error, request, reply) => sendProblem(buildProblemOf(bank, error), request, reply))
  serveControls(scope, bank)
}
