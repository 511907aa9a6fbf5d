import { Agent, request as startRequest } from 'node:http'
import type { HttpClient, HttpRequest, HttpResponse } from '@inthread/sdk/channel'

/** The HTTP port over plain sockets, with the two faults it promises. It keeps connections until it is closed. */
export function openNodeHttpClient(maxSockets = 20): HttpClient & { close(): void } {
  const agent = new Agent({ keepAlive: true, maxSockets })
  return { send: (request) => exchange(request, agent), close: () => agent.destroy() }
}

function exchange({ url, method, headers, body, deadlineMs }: HttpRequest, agent: Agent): Promise<HttpResponse> {
  return new Promise((resolve, reject) => {
    const outgoing = startRequest(url, { method, headers, agent, timeout: deadlineMs }, (incoming) => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      incoming.on('error', () => reject(faultLike('network.no_answer')))
      incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, headers: {}, body: Buffer.concat(chunks) }))
    })
    outgoing.on('timeout', () => outgoing.destroy())
    outgoing.on('error', (error: NodeJS.ErrnoException) =>
      reject(faultLike(error.code === 'ECONNREFUSED' ? 'network.unreachable' : 'network.no_answer')),
    )
    outgoing.end(body)
  })
}

/** Faults are recognised by marker and code, not by class, so that a port may come from anywhere. */
function faultLike(code: string): Error {
  return Object.assign(new Error(code), { marker: 'inthread.fault', code, data: {}, retryable: true })
}
