import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'

/** A push as it came in from an operator or a bank. */
export interface Push {
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

/** How a push is passed on: each entry is one delivery after that pause, changed if need be. None: it is lost. */
export type Route = (
  push: Push,
) => readonly { readonly afterMs: number; readonly push: Push; readonly forged?: boolean }[]

export interface Passed {
  readonly push: Push
  readonly forged: boolean
  readonly status: number
}

export interface PushProxy {
  readonly url: string
  /** What was passed on, with the platform's answers. */
  readonly passed: readonly Passed[]
  /** Sends a push once more. */
  repeat(push: Push): Promise<number>
  /** Resolves when everything that is under way has been passed on. */
  drain(): Promise<void>
  close(): Promise<void>
}

/**
 * The way between the street and the platform. Whoever pushes gets its 200 at once; the push goes on as the route says.
 * Everything that is no push passes straight through.
 */
export async function openPushProxy(port: number, target: () => string, route: Route): Promise<PushProxy> {
  const passed: Passed[] = []
  const running = new Set<Promise<void>>()
  const passOn = async ({ afterMs, push, forged = false }: ReturnType<Route>[number]): Promise<void> => {
    await pause(afterMs)
    passed.push({ push, forged, status: (await send(target(), 'POST', push)).status })
  }
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const push: Push = { path: request.url ?? '', headers: readHeaders(request), body: await buffer(request) }
    if (request.method !== 'POST' || !/^\/(in|bank)\//.test(push.path))
      return passThrough(await send(target(), request.method ?? 'GET', push), response)
    for (const delivery of route(push)) track(running, passOn(delivery))
    response.writeHead(200).end()
  }
  const server = createServer((request, response) => {
    void take(request, response).catch(() => response.writeHead(502).end())
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${port}`,
    passed,
    repeat: async (push) => (await send(target(), 'POST', push)).status,
    drain: async () => {
      while (running.size > 0) await Promise.all(running)
    },
    close: () => new Promise((resolve) => (server.close(() => resolve()), server.closeAllConnections())),
  }
}

function track(running: Set<Promise<void>>, work: Promise<void>): void {
  const tracked = work.catch(() => undefined).finally(() => running.delete(tracked))
  running.add(tracked)
}

const ofConnection = /^(host|connection|content-length|transfer-encoding|accept-encoding|keep-alive)$/

function readHeaders(request: IncomingMessage): Record<string, string> {
  const entries = Object.entries(request.headers).filter(([name]) => !ofConnection.test(name))
  return Object.fromEntries(
    entries.map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  )
}

function send(target: string, method: string, { path, headers, body }: Push): Promise<Response> {
  const given = method === 'GET' || method === 'HEAD' ? {} : { body: new Uint8Array(body) }
  return fetch(`${target}${path}`, { method, headers, ...given, redirect: 'manual' })
}

async function passThrough(answer: Response, response: ServerResponse): Promise<void> {
  const headers = [...answer.headers].filter(([name]) => !ofConnection.test(name) && name !== 'content-encoding')
  response.writeHead(answer.status, Object.fromEntries(headers))
  response.end(Buffer.from(await answer.arrayBuffer()))
}
