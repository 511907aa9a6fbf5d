import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import type { Bank } from '../app/bank.ts'
import { findToken } from '../signing/access-tokens.ts'

const description = [
  'Every request and every answer is signed (RFC 9421, label sig1, Ed25519 or P-256). A request covers @method and',
  '@target-uri, with a body also content-digest and content-type, and idempotency-key and authorization when they',
  'are sent; an answer covers @status, content-digest and the @method and @target-uri of its request. Parameters:',
  'created (within 60 s), keyid (the client id), alg, nonce (once in ten minutes), tag (scene-finance-request, scene-',
  'finance-response). The keys of this bank are at /.well-known/jwks.json. A POST with an Idempotency-Key that was',
  'seen before is answered with the present state of what came of it and the header idempotent-replay: true.',
  'Refusals are problems (RFC 9457); `outcome` says whether money may have moved. Amounts are integer minor units',
  'in text. In place of RFC 9421 a request may carry a detached JWS over its body in x-jws-signature (b64 false; typ',
  'scene-finance-request+jws; critical iat, jti, htm, htu, and ikey and ath when those headers are sent), and is then',
  'answered in the same way. POST /oauth2/token gives access tokens for a JWT by the key of the client.',
].join(' ')

const messageSignature = {
  type: 'http' as const,
  scheme: 'signature',
  description: 'RFC 9421: the headers Signature-Input and Signature of each request.',
}

/** Makes the OpenAPI document out of the routes registered after this. */
export async function installDocument(app: FastifyInstance, place: { readonly publicUrl: string }): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Shared bank API', version: '1', description, license: { name: 'MIT', identifier: 'MIT' } },
      components: { securitySchemes: { messageSignature } },
      security: [{ messageSignature: [] }],
    },
    stripBasePath: false,
    convertConstToEnum: false,
  })
  app.get('/openapi.json', { schema: { hide: true } }, async () => ({
    ...app.swagger(),
    servers: [{ url: place.publicUrl }],
  }))
}

/** What anyone may read, unsigned: health, and the keys with which answers and events are signed. */
export function servePublicRoutes(app: FastifyInstance, bank: Bank): void {
  const hidden = { schema: { hide: true } }
  app.get('/healthz', hidden, async () => ({ status: 'ok' }))
  app.get('/readyz', hidden, async (_request, reply) => {
    const missing = listMissing(bank)
    return missing.length === 0 ? { status: 'ready' } : reply.code(503).send({ status: 'not ready', missing })
  })
  app.get('/.well-known/jwks.json', hidden, async (_request, reply) => {
    reply.header('cache-control', 'public, max-age=1200')
    return { keys: [...bank.signingKeys.listPublished(), bank.encryptionKey.publicJwk] }
  })
}

/** Where a client gets an access token: by a JWT that it signs, and nothing else. */
export function serveTokens(app: FastifyInstance, bank: Bank, place: { readonly publicUrl: string }): void {
  const type = 'application/x-www-form-urlencoded'
  app.addContentTypeParser(type, { parseAs: 'string' }, (_request, body, done) => done(null, body))
  app.post('/oauth2/token', { schema: { hide: true } }, async (request, reply) => {
    const form = new URLSearchParams(typeof request.body === 'string' ? request.body : '')
    const answer = await findToken(bank, form, `${place.publicUrl}/oauth2/token`)
    reply.header('cache-control', 'no-store')
    return answer ?? reply.code(401).send({ error: 'invalid_client' })
  })
}

function listMissing(bank: Bank): string[] {
  if (bank.stopping.aborted) return ['the bank is closing']
  try {
    bank.db.find('select 1 from accounts limit 1')
    return []
  } catch {
    return ['the database does not answer']
  }
}
