import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A place in some request, and what happens when a text is put there. */
export interface Target {
  readonly name: string
  readonly usual: string
  /** The status and all that came back, in one text. */
  readonly send: (text: string) => Promise<string>
}

export interface Relay {
  readonly url: (target: Target) => string
  close(): Promise<void>
}

/**
 * A plain web page for each target, `/<n>?v=<text>`: it puts the text where it belongs, encoded and signed as it has to
 * be. So a scanner that knows nothing of signatures gets to what lies behind them.
 */
export async function openRelay(targets: readonly Target[]): Promise<Relay> {
  const server = createServer((request, response) => void answer(targets, request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: (target) => `http://127.0.0.1:${port}/${targets.indexOf(target)}?v=${encodeURIComponent(target.usual)}`,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function answer(targets: readonly Target[], request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://relay')
  const target = targets[Number(pathname.slice(1))]
  response.setHeader('content-type', 'text/plain')
  try {
    response.end((await target?.send(searchParams.get('v') ?? '')) ?? 'no target')
  } catch (error) {
    // A text that no header can carry, for one.
    if (!(error instanceof TypeError)) response.statusCode = 500
    response.end('cannot be sent')
  }
}
