import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { DoorRequest } from '@inthread/sdk/bank'

/** A client of a bank: its name and its private key as PEM. */
export interface BankClient {
  readonly clientId: string
  readonly signingKey: string
}

/** Where clients of a bank publish their keys and take its events, at one address. */
export interface ClientOffice {
  readonly jwksUrl: string
  readonly webhookUrl: string
  readonly clients: readonly BankClient[]
  /** Deliveries as they came, taken or refused. */
  readonly pushes: DoorRequest[]
  refuseNext(): void
  close(): Promise<void>
}

export type KeyKind = 'ed25519' | 'p256'

export async function openClientOffice(names: readonly string[], kind: KeyKind = 'ed25519'): Promise<ClientOffice> {
  const clients = names.map((clientId) => ({ clientId, signingKey: makeKey(kind) }))
  const pushes: DoorRequest[] = []
  let refusing = 0
  const server = createServer((request, response) => {
    if (request.method === 'GET') return void sendKeys(response, clients)
    void readPush(request).then((push) => {
      pushes.push(push)
      const refused = refusing > 0
      if (refused) refusing -= 1
      response.writeHead(refused ? 503 : 204).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    jwksUrl: `${url}/.well-known/jwks.json`,
    webhookUrl: `${url}/events`,
    clients,
    pushes,
    refuseNext: () => void (refusing += 1),
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function makeKey(kind: KeyKind): string {
  const { privateKey } =
    kind === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
}

function sendKeys(response: ServerResponse, clients: readonly BankClient[]): void {
  const keys = clients.map(({ clientId, signingKey }) => ({
    ...createPublicKey(createPrivateKey(signingKey)).export({ format: 'jwk' }),
    kid: clientId,
    use: 'sig',
  }))
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys }))
}

async function readPush(request: IncomingMessage): Promise<DoorRequest> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
  return { method: request.method ?? '', path: request.url ?? '', headers, body: Buffer.concat(parts) }
}
