import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import type { Bank } from '../app/bank.ts'

const description = [
  'Every request and every answer is signed (RFC 9421, label sig1, Ed25519). A request covers @method and @target-',
  'uri, with a body also content-digest and content-type, and idempotency-key and authorization when they are sent;',
  'an answer covers @status, content-digest and the @method and @target-uri of its request. Parameters: created',
  '(within 60 s), keyid (the client id), alg, nonce (once in ten minutes), tag (scene-finance-request, scene-',
  'finance-response). The keys of this bank are at /.well-known/jwks.json. A POST with an Idempotency-Key that was',
  'seen before is answered with the present state of what came of it and the header idempotent-replay: true.',
  'Refusals are problems (RFC 9457); `outcome` says whether money may have moved. Amounts are integer minor units',
  'in text.',
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

function listMissing(bank: Bank): string[] {
  if (bank.stopping.aborted) return ['the bank is closing']
  try {
    bank.db.find('select 1 from accounts limit 1')
    return []
  } catch {
    return ['the database does not answer']
  }
}
