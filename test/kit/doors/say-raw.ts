import { connect } from 'node:net'

/** Whatever comes back over a socket for these bytes, until it is closed; empty when nothing comes for a while. */
export function sayRaw(url: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve) => {
    let heard = ''
    const socket = connect(Number(port), hostname, () => socket.write(Buffer.from(bytes, 'latin1')))
    const end = (): void => {
      socket.destroy()
      resolve(heard)
    }
    socket.setTimeout(silentMs, end)
    socket.on('data', (chunk) => (heard += chunk.toString('latin1')))
    socket.on('error', end)
    socket.on('close', end)
  })
}

const silentMs = 3000
