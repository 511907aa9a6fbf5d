import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, expect, it } from 'vitest'

const client = fileURLToPath(new URL('../index.ts', import.meta.url))
const program = (url: string): string => `
  import { createAdminClient } from ${JSON.stringify(client)}
  const api = createAdminClient({ url: ${JSON.stringify(url)}, apiKey: 'k' })
  try {
    for await (const { id } of api.desk.follow.subscribe({ tenant: 't' })) console.log('event', id)
    console.log('over')
  } catch (error) {
    console.log(error.code, error.message)
  }
`

type Answer = (reply: ServerResponse) => void
let close = (): void => undefined
afterEach(() => close())

/** What a program of its own prints that follows a server with these answers, one for each connection. */
async function follow(answers: readonly Answer[]) {
  const asked: IncomingMessage['headers'][] = []
  const server = createServer(({ headers }, reply) => {
    answers[asked.length]?.(reply)
    asked.push(headers)
  }).listen(0, '127.0.0.1')
  close = () => void server.close()
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const given = ['--input-type=module', '-e', program(`http://127.0.0.1:${port}`)]
  const { stdout } = await promisify(execFile)(process.execPath, given)
  return { asked, printed: stdout.trim().split('\n') }
}

const begin = (reply: ServerResponse): ServerResponse => {
  reply.writeHead(200, { 'content-type': 'text/event-stream' })
  reply.write('event: connected\ndata: {}\n\n\n')
  return reply
}
const tell =
  (id: string, end = ''): Answer =>
  (reply) =>
    void begin(reply).end(`data: []\nid: ${id}\n\n\n${end}`)
const away: Answer = (reply) => void reply.writeHead(503).end()

it('keeps a program running until the line is there again, and goes on behind the last event', async () => {
  const { asked, printed } = await follow([tell('first'), away, tell('second', 'event: return\ndata: \n\n\n')])
  expect(printed).toEqual(['event first', 'event second', 'over'])
  expect(asked.map((headers) => [headers.authorization, headers['last-event-id']])).toEqual([
    ['Bearer k', undefined],
    ['Bearer k', 'first'],
    ['Bearer k', 'first'],
  ])
}, 40_000)

it('gives up at once where nobody answers from the beginning', async () => {
  expect((await follow([away])).printed).toEqual([expect.stringMatching(/^UNREACHABLE no answer from http/)])
}, 40_000)

it('ends with a refusal, and does not come again', async () => {
  const data = { code: 'FORBIDDEN', httpStatus: 403, fault: null, reference: 'r' }
  const error = JSON.stringify({ message: 'not you', code: -32_003, data })
  const refuse: Answer = (reply) => void begin(reply).end(`event: serialized-error\ndata: ${error}\n\n\n`)
  const { asked, printed } = await follow([refuse])
  expect(printed).toEqual(['FORBIDDEN not you'])
  expect(asked).toHaveLength(1)
}, 40_000)
