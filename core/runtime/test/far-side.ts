import { createServer, type Server } from 'node:https'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A certificate for api.example.com and shop.example.com that nobody but these tests trusts. */
export const certificate = `-----BEGIN CERTIFICATE-----
MIIBujCCAWCgAwIBAgIUIcxltzvjz9xFXMkbeZli8iadMJ0wCgYIKoZIzj0EAwIw
GjEYMBYGA1UEAwwPYXBpLmV4YW1wbGUuY29tMCAXDTI2MTEyODIyNTYzMVoYDzIx
MjYxMTA0MjI1NjMxWjAaMRgwFgYDVQQDDA9hcGkuZXhhbXBsZS5jb20wWTATBgcq
hkjOPQIBBggqhkjOPQMBBwNCAARCh0YrcCRoK5Dpe/2vu3cxtf349bUVR7i2TMH7
nJND9iS5Ai3CxG0f51fwEBCjGSLW1rAetwEctr2MQOSqOkjxo4GBMH8wHQYDVR0O
BBYEFFkhgcmXhvwKQozwR+LC2l9+c9NrMB8GA1UdIwQYMBaAFFkhgcmXhvwKQozw
R+LC2l9+c9NrMA8GA1UdEwEB/wQFMAMBAf8wLAYDVR0RBCUwI4IPYXBpLmV4YW1w
bGUuY29tghBzaG9wLmV4YW1wbGUuY29tMAoGCCqGSM49BAMCA0gAMEUCIQCETozK
0dAsQFxi89tyE02qEmYtxdKS3suMFRuqG9uG9AIgcTUDqN3nBSr8D7FoW3K1R8q0
1V7lA7AKrjPlNVdG01I=
-----END CERTIFICATE-----
`

const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgTbeQnpZl6gKWKR2R
IzA40wnOqgyI82NDgTSSkvwjYumhRANCAARCh0YrcCRoK5Dpe/2vu3cxtf349bUV
R7i2TMH7nJND9iS5Ai3CxG0f51fwEBCjGSLW1rAetwEctr2MQOSqOkjx
-----END PRIVATE KEY-----
`

export interface Heard {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

export type Answering = (request: IncomingMessage, response: ServerResponse) => void

/** Somebody's https server: it keeps what it heard and answers as it is told. */
export class FarSide {
  readonly heard: Heard[] = []
  readonly #server: Server
  answering: Answering = (_request, response) => response.end('{"ok":true}')

  constructor() {
    this.#server = createServer({ key, cert: certificate }, (request, response) => void this.#hear(request, response))
  }

  async open(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    return (this.#server.address() as AddressInfo).port
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  async #hear(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const { method = '', url = '', headers } = request
    this.heard.push({ method, url, headers, body: Buffer.concat(parts).toString('utf8') })
    this.answering(request, response)
  }
}
