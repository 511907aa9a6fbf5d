import { createServer } from 'node:net'

/** Where one of the processes listens, and how it is started. */
export interface Place {
  readonly name: string
  readonly variable: string
  readonly port: number
  readonly entry: readonly string[]
}

/** One sentence about the first port that cannot be had. */
export async function checkPorts(places: readonly Place[]): Promise<string | undefined> {
  // The last is the platform, whose port the others follow: it is the one to be named when it is none.
  const wrong = places.findLast(({ port }) => !Number.isInteger(port) || port < 1 || port > 65_535)
  if (wrong) return `${wrong.variable} must be a port from 1 to 65535.`
  for (const { name, variable, port } of places) {
    const problem = await tryPort(port)
    if (problem === 'EADDRINUSE')
      return `Port ${port} for the ${name} is in use: stop what listens there, or choose another one with ${variable}.`
    if (problem !== undefined)
      return `Port ${port} for the ${name} cannot be opened (${problem}): choose another one with ${variable}.`
  }
  return undefined
}

function tryPort(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'unknown'))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(undefined)))
  })
}
