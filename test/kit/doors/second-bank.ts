import { generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A bank that publishes a key and does nothing else; what it signs is genuine. */
export interface SecondBank {
  readonly privateKey: KeyObject
  readonly definition: Record<string, unknown>
  close(): Promise<void>
}

export async function openSecondBank(client: string): Promise<SecondBank> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const keys = [{ ...publicKey.export({ format: 'jwk' }), kid: 'second' }]
  const server = createServer((request, response) => {
    const isKeys = request.url === '/.well-known/jwks.json'
    response.writeHead(isKeys ? 200 : 404, { 'content-type': 'application/json' })
    response.end(JSON.stringify(isKeys ? { keys } : {}))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const signingKey = { secret: `plain:${randomBytes(32).toString('base64url')}` }
  return {
    privateKey,
    definition: { id: 'second', connector: 'open-api', baseUrl, clientId: client, signingKey },
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
