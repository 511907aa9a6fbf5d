import { createPublicKey, generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto'
import { isGenuineRequest, sealReply, type Plan, type RawReply, type RawRequest } from './hand-signature.ts'

/** What the bank has to say, before it is signed. Bytes are sent as they are. */
export interface Said {
  readonly status: number
  readonly json: unknown
}

/** One thing that is wrong with a reply. */
export interface Flaw {
  /** Before the bank signs: validly signed, but not what it should be. */
  readonly plan?: (plan: Plan) => Partial<Plan>
  /** After it signed: what somebody in between could do. */
  readonly reply?: (reply: RawReply) => Partial<RawReply>
}

export interface BankKey {
  readonly kid: string
  readonly key: KeyObject
}

export interface SigningBank {
  readonly received: RawRequest[]
  /** It signs with the one and publishes the others. */
  key: BankKey
  published: readonly BankKey[]
  jwksFetches: number
  flaw: Flaw
  say: (request: RawRequest) => Said
  respond(request: RawRequest): RawReply
}

export interface SigningBankOptions {
  readonly nowSec: () => number
  readonly clientKey: KeyObject
  readonly say: (request: RawRequest) => Said
}

export function makeBankKey(kid: string): BankKey {
  return { kid, key: generateKeyPairSync('ed25519').privateKey }
}

export function openSigningBank(options: SigningBankOptions): SigningBank {
  const key = makeBankKey('bank-1')
  const bank: SigningBank = {
    received: [],
    key,
    published: [key],
    jwksFetches: 0,
    flaw: {},
    say: options.say,
    respond(request) {
      if (request.url.endsWith('/.well-known/jwks.json')) return buildJwksReply(bank)
      bank.received.push(request)
      const said = isGenuineRequest(request, options.clientKey) ? bank.say(request) : problem(401, 'signature_invalid')
      const plan = buildPlan({ key: bank.key, request, said, nowSec: options.nowSec() })
      const reply = sealReply({ ...plan, ...bank.flaw.plan?.(plan) })
      return { ...reply, ...bank.flaw.reply?.(reply) }
    },
  }
  return bank
}

export function problem(status: number, code: string, more: object = {}): Said {
  const type = `https://bank.example/problems/${code}`
  return { status, json: { type, title: code, status, code, outcome: 'none', retry: 'never', ...more } }
}

interface PlanParts {
  readonly key: BankKey
  readonly request: RawRequest
  readonly said: Said
  readonly nowSec: number
}

function buildPlan({ key, request, said, nowSec }: PlanParts): Plan {
  const tag = 'scene-finance-response'
  return {
    label: 'sig1',
    components: ['"@status"', '"content-digest"', '"@method";req', '"@target-uri";req'],
    params: { created: nowSec, keyid: key.kid, nonce: randomUUID(), alg: 'ed25519', tag },
    key: key.key,
    method: request.method,
    url: request.url,
    status: said.status,
    headers: {
      'content-type': said.status < 400 ? 'application/json' : 'application/problem+json',
      'x-interaction-id': request.headers['x-interaction-id'] ?? '',
    },
    body: said.json instanceof Uint8Array ? Buffer.from(said.json) : Buffer.from(JSON.stringify(said.json)),
  }
}

function buildJwksReply(bank: SigningBank): RawReply {
  bank.jwksFetches += 1
  const keys = bank.published.map(({ kid, key }) => {
    const { x } = createPublicKey(key).export({ format: 'jwk' })
    return { kty: 'OKP', crv: 'Ed25519', x, kid, use: 'sig', alg: 'EdDSA' }
  })
  return { status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from(JSON.stringify({ keys })) }
}
