import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { readSpans, type SeenSpan } from './read-spans.ts'

/** A stand-in for a collector: takes OTLP over HTTP, and keeps what came. */
export interface Collector {
  /** As `OTEL_EXPORTER_OTLP_ENDPOINT` has it. */
  readonly url: string
  readonly spans: readonly SeenSpan[]
  /** Everything as it came over the wire. */
  readonly bytes: Buffer
  /** Answers with this status from now on. */
  answerWith(status: number): void
  close(): Promise<void>
}

export async function openCollector(): Promise<Collector> {
  const bodies: Buffer[] = []
  const spans: SeenSpan[] = []
  let status = 200
  const server = createServer((request, response) => {
    void buffer(request).then((body) => {
      const isOurs = request.url === '/v1/traces' && request.headers['content-type'] === 'application/x-protobuf'
      if (isOurs && status === 200) {
        bodies.push(body)
        spans.push(...readSpans(body))
      }
      response.writeHead(isOurs ? status : 404, { 'content-type': 'application/x-protobuf' }).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    spans,
    get bytes() {
      return Buffer.concat(bodies)
    },
    answerWith: (next) => {
      status = next
    },
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
