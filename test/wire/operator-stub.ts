import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface StubRequest {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: unknown
}

/** What the stub does with one request: answer, or break the line in one of two places. */
export type StubAnswer =
  | { readonly status?: number; readonly json: unknown }
  | { readonly status?: number; readonly text: string }
  | 'hang-up'
  | 'half-answer'

export interface OperatorStub {
  readonly root: string
  readonly requests: readonly StubRequest[]
  [Symbol.asyncDispose](): Promise<void>
}

/** A platform on a real socket that knows nothing of the protocol: it does what the test says. */
export async function startOperatorStub(answer: (request: StubRequest) => StubAnswer): Promise<OperatorStub> {
  const requests: StubRequest[] = []
  const server = createServer((incoming, outgoing) => {
    void readRequest(incoming).then((request) => {
      requests.push(request)
      writeAnswer(outgoing, answer(request))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { root: `http://127.0.0.1:${port}`, requests, [Symbol.asyncDispose]: () => stop(server) }
}

async function readRequest(incoming: IncomingMessage): Promise<StubRequest> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk)
  const text = Buffer.concat(chunks).toString('utf8')
  const body: unknown = text === '' ? undefined : JSON.parse(text)
  return { method: incoming.method ?? '', path: incoming.url ?? '', headers: incoming.headers, body }
}

function writeAnswer(outgoing: ServerResponse, answer: StubAnswer): void {
  if (answer === 'hang-up') {
    outgoing.socket?.destroy()
    return
  }
  if (answer === 'half-answer') {
    outgoing.writeHead(200, { 'content-length': '100' })
    outgoing.write('{"errorCode"', () => outgoing.socket?.destroy())
    return
  }
  outgoing.writeHead(answer.status ?? 200, { 'content-type': 'application/json' })
  outgoing.end('json' in answer ? JSON.stringify(answer.json) : answer.text)
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
