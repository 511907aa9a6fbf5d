import { connect, createServer, type Socket } from 'node:net'

/** A line to a server, on which one can listen to what goes there. */
export interface Relay {
  /** Values of this header in all requests so far. */
  list(header: string): readonly string[]
  /** How many requests went through. */
  readonly requests: number
  close(): Promise<void>
}

export async function openRelay(port: number, target: number): Promise<Relay> {
  const sockets = new Set<Socket>()
  let heard = ''
  const server = createServer((client) => {
    const behind = connect(target, '127.0.0.1')
    client.on('data', (piece: Buffer) => {
      heard += piece.toString('latin1')
    })
    client.pipe(behind).pipe(client)
    for (const socket of [client, behind]) {
      sockets.add(socket)
      socket.on('error', () => socket.destroy())
      socket.on('close', () => sockets.delete(socket))
    }
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    list: (header) => [...heard.matchAll(new RegExp(`^${header}: (.*)\r$`, 'gim'))].map(([, value = '']) => value),
    get requests() {
      return [...heard.matchAll(/ HTTP\/1\.1\r$/gm)].length
    },
    close: () => {
      for (const socket of sockets) socket.destroy()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
