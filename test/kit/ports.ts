import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

/**
 * Below the range from which systems take the local ports of outgoing connections: a process that is down for a moment
 * must find its port free when it comes back.
 */
const range = { from: 15_000, to: 32_000 }
const triesAtMost = 200

/** Ports that nobody listens on right now. */
export async function findFreePorts(count: number): Promise<readonly number[]> {
  const found = new Set<number>()
  for (let attempt = 0; found.size < count && attempt < triesAtMost; attempt += 1) {
    const port = randomInt(range.from, range.to)
    if (!found.has(port) && (await isFree(port))) found.add(port)
  }
  if (found.size < count) throw new Error(`no ${count} free ports between ${range.from} and ${range.to}`)
  return [...found]
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
