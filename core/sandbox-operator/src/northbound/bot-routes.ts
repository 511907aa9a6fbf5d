import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Parts } from '../boot/parts.ts'
import { answerBot } from './answer-bot.ts'
import type { BotOperation } from './bot-call.ts'
import { listBotOperations } from './bot-operations.ts'
import { BotRefusal, botCode, buildRefusal } from './bot-refusal.ts'

type Request = FastifyRequest<{ Params: { version: string; chatbotId: string } }>

/** Registers the calls of chatbot platforms in a scope of their own, where bodies stay text until a call reads them. */
export function registerBotRoutes(app: FastifyInstance, parts: Parts, getServerUrl: () => string): void {
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))
    scope.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
      const tooLarge = error.statusCode === 413
      const code = tooLarge ? botCode.request : botCode.internal
      const refusal = new BotRefusal(code, tooLarge ? 'the body is too large' : 'internal error')
      return reply.code(200).send(buildRefusal({ errorCodeStyle: 'string', idFields: [] }, refusal, {}))
    })
    for (const operation of listBotOperations(parts)) {
      scope.route({
        method: operation.method,
        url: `/bot/:version/:chatbotId${operation.path}`,
        handler: (request: Request, reply) =>
          handle(parts, { operation, serverUrl: getServerUrl() }, { request, reply }),
      })
    }
    scope.all('/bot/*', (request, reply) => reply.send(refuseUnknown(parts, request)))
  })
}

interface Served {
  readonly operation: BotOperation
  readonly serverUrl: string
}

interface Http {
  readonly request: Request
  readonly reply: FastifyReply
}

async function handle(parts: Parts, served: Served, { request, reply }: Http): Promise<FastifyReply> {
  const { version, chatbotId } = request.params
  const { headers, body: text } = request
  const answer = await answerBot(parts, { ...served, version, chatbotId, headers, text, path: request.url })
  // Left open on purpose: the caller's own time limit is what this sandbox fault is about.
  if (answer.kind === 'silent') return reply.hijack()
  const type = answer.status === 200 ? 'application/json; charset=utf-8' : 'text/plain; charset=utf-8'
  return reply.code(answer.status).header('content-type', type).send(answer.text)
}

/** A known path with another method is 43001, anything else 20003. */
function refuseUnknown(parts: Parts, request: FastifyRequest): object {
  const path = request.url.split('?', 1)[0] ?? ''
  const known = listBotOperations(parts).find((operation) => path.endsWith(operation.path))
  const refusal = known
    ? new BotRefusal(botCode.method, `this path takes ${known.method}`)
    : new BotRefusal(botCode.request, 'this path is not part of the platform')
  return buildRefusal({ errorCodeStyle: 'string', idFields: [] }, refusal, {})
}
