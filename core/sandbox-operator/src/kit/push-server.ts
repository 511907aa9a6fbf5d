import { createHash, createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A push as it arrived at the chatbot platform. */
export interface Received {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
  /** Parsed body; undefined if it is not JSON. */
  readonly body: PushBody | undefined
  readonly signatureHolds: boolean
  /** By `performance.now()`. */
  readonly at: number
}

export interface PushBody {
  readonly messageId?: string
  readonly messageList?: readonly { readonly contentType: string; readonly contentText: unknown }[]
  readonly dateTime?: string
  readonly senderAddress?: string
  readonly destinationAddress?: unknown
  readonly conversationId?: string
  readonly contributionId?: string
  readonly inReplyTo?: string
  readonly deliveryInfoList?: readonly Readonly<Record<string, unknown>>[]
  readonly type?: string
  readonly result?: string
}

export interface Keys {
  readonly token: string
  readonly algorithm: 'sha256' | 'hmac-sha256'
  readonly appId: string
}

/** What to answer a push with; `hang` never answers. */
export type PushAnswer = number | 'hang'

export interface PushServer {
  readonly url: string
  readonly received: Received[]
  readonly close: () => Promise<void>
}

/** The receiving side of a chatbot platform. `decide` chooses the answer to each push. */
export async function startPushServer(keys: Keys, decide: (push: Received) => PushAnswer): Promise<PushServer> {
  const received: Received[] = []
  const server = createServer((request, response) => {
    void readText(request).then((text) => {
      const push = describePush(request, text, keys)
      if (push.path.endsWith('/notifyPath')) return answerCheck(response, push, keys)
      received.push(push)
      const answer = decide(push)
      if (answer !== 'hang') response.writeHead(answer).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function answerCheck(response: ServerResponse, push: Received, keys: Keys): void {
  if (!push.signatureHolds) return void response.writeHead(403).end()
  response.writeHead(200, { echoStr: String(push.headers['echostr']), appId: keys.appId }).end()
}

function describePush(request: IncomingMessage, text: string, keys: Keys): Received {
  return {
    method: request.method ?? '',
    path: request.url ?? '',
    headers: request.headers,
    text,
    body: parse(text),
    signatureHolds: checkSignature(request, keys),
    at: performance.now(),
  }
}

/** Written apart from the operator's own code, so that a mistake in one shows. */
function checkSignature({ headers }: IncomingMessage, { token, algorithm }: Keys): boolean {
  const values = [token, String(headers['timestamp']), String(headers['nonce'])].sort()
  const hash = algorithm === 'sha256' ? createHash('sha256') : createHmac('sha256', token)
  for (const value of values) hash.update(value)
  return hash.digest('hex') === headers['signature']
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

function parse(text: string): PushBody | undefined {
  try {
    return JSON.parse(text) as PushBody
  } catch {
    return undefined
  }
}
