import Fastify from 'fastify'

/** The yardstick: Fastify that parses a push and answers JSON, and does nothing else. */
const server = Fastify({ logger: false })
server.post('/*', (request) => ({ ok: true, message: (request.body as { readonly messageId: string }).messageId }))
await server.listen({ port: Number(process.env['BENCH_PORT']), host: '127.0.0.1' })
process.send?.('ready')
process.once('SIGTERM', () => void server.close().then(() => process.exit(0)))
