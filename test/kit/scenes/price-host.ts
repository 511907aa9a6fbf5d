import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A host outside that a plugin asks for prices, and that can be told to misbehave. */
export interface PriceHost {
  readonly port: number
  readonly asked: readonly string[]
  /** What the next answers are; a number is a status without a body. */
  answer: object | number
  close(): Promise<void>
}

export async function openPriceHost(): Promise<PriceHost> {
  const asked: string[] = []
  const host = { answer: { cents: 1250 } as object | number }
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    const { answer } = host
    response.writeHead(typeof answer === 'number' ? answer : 200, { 'content-type': 'application/json' })
    response.end(typeof answer === 'number' ? '' : JSON.stringify(answer))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return Object.assign(host, {
    port: (server.address() as AddressInfo).port,
    asked,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  })
}
