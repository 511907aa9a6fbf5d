import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { JsonWebKey } from 'node:crypto'

/** A webhook call as it arrived. */
export interface Hook {
  readonly client: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
  readonly event: {
    readonly id: string
    readonly type: string
    readonly timestamp: string
    readonly data: Record<string, unknown>
  }
}

export interface Message {
  readonly to: string
  readonly from: string
  readonly text: string
}

export interface HookAnswer {
  readonly status: number
  readonly headers?: Record<string, string>
}

/** Everyone the bank speaks to, behind one port: JWKS of clients, their webhooks, and the operator that takes SMS. */
export interface Street {
  readonly url: string
  readonly hooks: Hook[]
  readonly messages: Message[]
  /** Reads of key sets, by path. */
  readonly keyReads: string[]
  readonly keys: Map<string, JsonWebKey>
  /** Status of the next answers to messages; 201 when none is left. Only messages answered well are kept. */
  readonly smsAnswers: number[]
  /** Answers for the next webhook calls; 204 when none is left. */
  readonly hookAnswers: HookAnswer[]
  readonly close: () => Promise<void>
}

export async function openStreet(): Promise<Street> {
  const state = {
    hooks: [] as Hook[],
    messages: [] as Message[],
    keyReads: [] as string[],
    hookAnswers: [] as HookAnswer[],
    smsAnswers: [] as number[],
  }
  const keys = new Map<string, JsonWebKey>()
  const server = createServer((request, response) => void serve({ ...state, keys }, request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return { url: `http://127.0.0.1:${port}`, ...state, keys, close: () => closeServer(server) }
}

type State = Pick<Street, 'hooks' | 'messages' | 'keyReads' | 'hookAnswers' | 'smsAnswers' | 'keys'>

async function serve(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  const body = Buffer.concat(chunks).toString('utf8')
  const path = request.url ?? ''
  if (path.endsWith('jwks.json')) {
    state.keyReads.push(path)
    const keys = [...state.keys].map(([kid, jwk]) => ({ ...jwk, kid }))
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys }))
  } else if (path === '/sandbox/sms') {
    const status = state.smsAnswers.shift() ?? 201
    if (status === 201) state.messages.push(JSON.parse(body))
    response.writeHead(status).end('{}')
  } else {
    state.hooks.push({ client: path.slice('/hooks/'.length), headers: request.headers, body, event: JSON.parse(body) })
    const answer = state.hookAnswers.shift() ?? { status: 204 }
    response.writeHead(answer.status, answer.headers).end()
  }
}

function closeServer(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}

/** Waits until the condition holds; throws after five seconds. */
export async function until<T>(
  find: () => T | undefined | false | Promise<T | undefined | false>,
  what: string,
): Promise<T> {
  const end = Date.now() + 5_000
  while (Date.now() < end) {
    const found = await find()
    if (found !== undefined && found !== false) return found
    await sleep(10)
  }
  throw new Error(`waited five seconds in vain for ${what}`)
}
