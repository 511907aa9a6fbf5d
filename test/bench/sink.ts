import { createServer, type Server } from 'node:http'

/**
 * An operator that takes everything at once and remembers when each answer came: what a reply's age is measured with.
 */
export interface Sink {
  readonly url: string
  /** Milliseconds of `performance.now()` at which the first answer to this contribution arrived. */
  readonly arrivals: ReadonlyMap<string, number>
  close(): Promise<void>
}

export async function openSink(): Promise<Sink> {
  const arrivals = new Map<string, number>()
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const answer = answerTo(request.url ?? '', Buffer.concat(parts).toString(), arrivals)
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
    })
  })
  server.keepAliveTimeout = 60_000
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${portOf(server)}`, arrivals, close: () => closeServer(server) }
}

function answerTo(path: string, body: string, arrivals: Map<string, number>): unknown {
  // It is the collector too: spans are taken, and nobody looks at them.
  if (path === '/v1/traces') return {}
  if (path.endsWith('/accessToken'))
    return { accessToken: 'bench', expires: 7200, errorCode: '0', errorMessage: 'success' }
  const { messageId, inReplyTo } = JSON.parse(body === '' ? '{}' : body) as { messageId?: string; inReplyTo?: string }
  if (inReplyTo !== undefined && !arrivals.has(inReplyTo)) arrivals.set(inReplyTo, performance.now())
  return { messageId, conversationId: '', contributionId: '', errorCode: '0', errorMessage: 'success' }
}

function portOf(server: Server): number {
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

function closeServer(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}
