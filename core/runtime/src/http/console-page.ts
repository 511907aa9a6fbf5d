import { randomBytes } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Console, PageFile } from '@inthread/console'
import { sendProblem } from './problem.ts'

/** Scripts and styles of our own alone; what the page writes into its head carries the nonce of this very answer. */
const policyOf = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')

const guarded = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
}

const oldPage = { detail: 'the console has no such file', remedy: 'load /console/ anew' }

/** The console, below `/console/`: every address of its own is the one page, whose router reads it. */
export function openConsolePage(server: FastifyInstance, pages: Console): void {
  server.get('/console', (_request, reply) => reply.redirect('/console/', 308))
  server.get('/console/*', async (request, reply) => {
    const { '*': path } = request.params as { readonly '*': string }
    const files = await pages.load()
    const file = files.get(path)
    if (file && path !== 'index.html') return sendAsset(request, reply, file)
    const page = files.get('index.html')
    // What looks like a file is none of the router's: an old page that asks for it has to be loaded anew.
    if (!page || path.startsWith('assets/')) return sendProblem(reply.headers(guarded), 404, oldPage)
    return sendPage(reply, page)
  })
}

/** Never kept: it names the files of this version, and its nonce is used once. */
function sendPage(reply: FastifyReply, { type, plain }: PageFile): FastifyReply {
  const nonce = randomBytes(18).toString('base64')
  return reply
    .headers({ ...guarded, 'content-type': type, 'cache-control': 'no-store' })
    .header('content-security-policy', policyOf(nonce))
    .send(plain.toString('utf8').replaceAll('%nonce%', nonce))
}

/** Assets carry the hash of what is in them in their names. */
function sendAsset(request: FastifyRequest, reply: FastifyReply, { type, plain, encoded }: PageFile): FastifyReply {
  const accepted = String(request.headers['accept-encoding'] ?? '')
  const coding = (['br', 'gzip'] as const).find((name) => new RegExp(`\\b${name}\\b(?!;q=0)`).test(accepted))
  const body = coding === undefined ? undefined : encoded[coding]
  void reply.headers({ ...guarded, 'content-type': type, vary: 'accept-encoding' })
  void reply.header('cache-control', 'public, max-age=31536000, immutable')
  if (coding === undefined || !body) return reply.send(plain)
  return reply.header('content-encoding', coding).send(body)
}
