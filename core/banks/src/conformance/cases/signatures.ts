import { generateKeyPairSync } from 'node:crypto'
import { assertProblem, assertStatus, assertThat } from '../assert.ts'
import type { ConformanceCase, Kit } from '../case.ts'
import type { Twist } from '../courier.ts'
import { skip } from '../mismatch.ts'

const reading = '/v1/capabilities'
const linkBody = (kit: Kit): object => ({ phone: kit.ports.phone, userRef: 'conformance-signature' })

/** A reading request that is signed wrongly in one way. */
function refusedReading(about: Omit<ConformanceCase, 'run' | 'rule'> & { readonly twist: Twist }): ConformanceCase {
  const { twist, ...rest } = about
  return {
    ...rest,
    rule: 'Every request is signed (RFC 9421, label sig1); one that is not is 401 signature_invalid',
    run: async ({ courier }) => assertProblem(await courier.get(reading, twist), 401, 'signature_invalid'),
  }
}

/** An acting request whose signature leaves something out. */
function refusedActing(about: Omit<ConformanceCase, 'run' | 'rule'> & { readonly twist: Twist }): ConformanceCase {
  const { twist, ...rest } = about
  return {
    ...rest,
    rule: 'With a body content-digest and content-type are signed, and idempotency-key when it is sent',
    run: async (kit) => {
      const isJws = kit.courier.parts.messageSignature === 'jws'
      if (isJws && twist.uncovered?.includes('content-digest')) skip('a JWS is over the body itself')
      assertProblem(await kit.courier.post('/v1/links', linkBody(kit), twist), 401, 'signature_invalid')
    },
  }
}

const skewRule = 'A signature may be made 60 s before or after; beyond that 401 clock_skew with serverTime'

function skewed(id: string, title: string, shiftSec: number): ConformanceCase {
  return {
    id,
    title,
    rule: skewRule,
    remedy: 'Compare created with your own time, and put your time into the problem as serverTime (RFC 3339)',
    run: async ({ courier, ports }) => {
      const reply = await courier.get(reading, { shiftSec })
      assertProblem(reply, 401, 'clock_skew')
      const serverMs = Date.parse(String(reply.body['serverTime']))
      const offMs = Math.abs(serverMs - ports.clock.now() / 1000)
      assertThat(
        offMs < 60_000,
        'serverTime with the time of the bank',
        Number.isNaN(offMs) ? 'none' : `${offMs} ms off`,
      )
    },
  }
}

export const signatureCases: readonly ConformanceCase[] = [
  {
    id: 'signature.genuine',
    title: 'A signed request is answered, and the answer is signed',
    rule: 'Every answer is signed over @status, content-digest and @method, @target-uri of its request',
    remedy: 'Sign each answer with label sig1, tag scene-finance-response, and a key of your JWKS',
    run: async ({ courier }) => assertStatus(await courier.get(reading), 200),
  },
  refusedReading({
    id: 'signature.missing',
    title: 'A request without a signature is refused',
    remedy: 'Refuse what has no Signature-Input and Signature before anything else is looked at',
    twist: { unsigned: true },
  }),
  refusedReading({
    id: 'signature.wrong-key',
    title: 'A signature by another key is refused',
    remedy: 'Verify with the key whose kid is the keyid, read from the JWKS of the client',
    twist: { by: generateKeyPairSync('ed25519').privateKey },
  }),
  refusedReading({
    id: 'signature.other-target',
    title: 'A signature for another address is refused',
    remedy: 'Build @target-uri from your configured address and the path and query as they came',
    twist: { sentPath: `${reading}?other=1` },
  }),
  refusedReading({
    id: 'signature.wrong-tag',
    title: 'A signature made for another purpose is refused',
    remedy: 'Require tag="scene-finance-request"',
    twist: { tag: 'scene-finance-response' },
  }),
  refusedReading({
    id: 'signature.wrong-algorithm',
    title: 'A signature that names another algorithm is refused',
    remedy: 'Take only the algorithm that belongs to the kind of the key, whatever alg says',
    twist: { alg: 'hmac-sha256' },
  }),
  refusedReading({
    id: 'signature.target-uncovered',
    title: 'A signature that leaves the address out is refused',
    remedy: 'Require @method and @target-uri among the signed components',
    twist: { uncovered: ['@target-uri'] },
  }),
  refusedActing({
    id: 'signature.digest-uncovered',
    title: 'A signature that leaves the digest of the body out is refused',
    remedy: 'Require content-digest and content-type among the signed components of a request with a body',
    twist: { uncovered: ['content-digest'] },
  }),
  refusedActing({
    id: 'signature.key-uncovered',
    title: 'A signature that leaves the idempotency key out is refused',
    remedy: 'Require idempotency-key among the signed components when the header is there',
    twist: { uncovered: ['idempotency-key'] },
  }),
  {
    id: 'signature.digest-mismatch',
    title: 'A body that was changed on the way is refused',
    rule: 'A body is the one of Content-Digest (RFC 9530, sha-256), else 401 digest_mismatch',
    remedy: 'Digest the bytes as they came, before they are parsed, and compare',
    run: async (kit) => {
      const sentBody = JSON.stringify({ ...linkBody(kit), userRef: 'conformance-changed' })
      assertProblem(await kit.courier.post('/v1/links', linkBody(kit), { sentBody }), 401, 'digest_mismatch')
    },
  },
  skewed('signature.too-old', 'A signature that is 90 s old is refused, and told the time', -90),
  skewed('signature.too-early', 'A signature that is 90 s ahead is refused, and told the time', 90),
  {
    id: 'signature.within-skew',
    title: 'Signatures that are 50 s off are taken',
    rule: skewRule,
    remedy: 'Allow 60 s to both sides',
    run: async ({ courier }) => {
      for (const shiftSec of [-50, 50]) assertStatus(await courier.get(reading, { shiftSec }), 200)
    },
  },
  {
    id: 'signature.nonce-replayed',
    title: 'A nonce is taken once',
    rule: 'Nonces are remembered for ten minutes; one that was used is 401 nonce_replayed',
    remedy: 'Remember (client, nonce) for ten minutes, and refuse it the second time',
    run: async ({ courier, ports }) => {
      const nonce = ports.nonce()
      assertStatus(await courier.get(reading, { nonce }), 200)
      assertProblem(await courier.get(reading, { nonce }), 401, 'nonce_replayed')
    },
  },
  {
    id: 'signature.nonce-of-a-forger',
    title: 'A forged request does not use up a nonce',
    rule: 'A nonce counts as used only when its signature was genuine',
    remedy: 'Remember the nonce after the signature was verified, never before',
    run: async ({ courier, ports }) => {
      const nonce = ports.nonce()
      const by = generateKeyPairSync('ed25519').privateKey
      assertProblem(await courier.get(reading, { nonce, by }), 401, 'signature_invalid')
      assertStatus(await courier.get(reading, { nonce }), 200)
    },
  },
  {
    id: 'signature.token-of-nobody',
    title: 'An access token that was given to nobody is refused, or asked for by nobody',
    rule: 'Where tokens are used the header is signed, and one that is over or made up is 401 token_expired',
    remedy: 'Bind a token to its client, and refuse one that is not its own',
    run: async ({ courier }) => {
      if (!courier.parts.tokens) skip('this connection uses no access tokens')
      const headers = { authorization: 'Bearer made-up' }
      assertProblem(await courier.send({ method: 'GET', path: reading, headers }), 401, 'token_expired')
    },
  },
]
