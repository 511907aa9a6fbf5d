import { connect, createServer, type Socket } from 'node:net'

/** A line to a server that can be cut, in one direction first if need be. */
export interface TcpProxy {
  readonly port: number
  /** How many connections were cut so far. */
  readonly cuts: number
  /**
   * Cuts all open connections. `before` means that nothing more reaches the server; `after` that what is sent now
   * still does, and only the answer is lost.
   */
  cut(when: 'before' | 'after'): void
  close(): Promise<void>
}

interface Line {
  readonly client: Socket
  readonly server: Socket
}

/** Long enough for a server on this machine to have read what was sent last. */
const lingerMs = 60

export async function openTcpProxy(target: { readonly host: string; readonly port: number }): Promise<TcpProxy> {
  const lines = new Set<Line>()
  const counter = { cuts: 0 }
  const proxy = createServer((client) => {
    const server = connect(target.port, target.host)
    const line: Line = { client, server }
    lines.add(line)
    client.pipe(server)
    server.pipe(client)
    for (const socket of [client, server]) {
      socket.on('error', () => drop(line))
      socket.on('close', () => (drop(line), lines.delete(line)))
    }
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  const address = proxy.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    get cuts() {
      return counter.cuts
    },
    cut: (when) => {
      counter.cuts += lines.size
      for (const line of lines) cutLine(line, when)
    },
    close: () => {
      for (const line of lines) drop(line)
      return new Promise((resolve) => proxy.close(() => resolve()))
    },
  }
}

function cutLine(line: Line, when: 'before' | 'after'): void {
  const { client, server } = line
  server.unpipe(client)
  server.resume()
  if (when === 'after') {
    setTimeout(() => drop(line), lingerMs)
    return
  }
  client.unpipe(server)
  client.resume()
  drop(line)
}

function drop({ client, server }: Line): void {
  client.destroy()
  server.destroy()
}
