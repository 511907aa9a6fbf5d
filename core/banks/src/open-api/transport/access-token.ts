import { z } from 'zod'
import type { BankPorts, TlsIdentity } from '@inthread/sdk/bank'
import { addMs, type Instant } from '@inthread/sdk/time'
import { getAlgorithm, signBytes } from './algorithm.ts'
import { findJson } from './json-body.ts'
import type { SigningIdentity } from './request-signature.ts'

/** A token is fetched by one call, and used by all, until shortly before it ends or the bank says that it has. */
export interface AccessTokens {
  /** undefined when the bank gives none at the moment. */
  find(): Promise<string | undefined>
  /** The bank does not take this one any more. */
  forget(token: string): void
}

export interface AccessTokenParts {
  readonly url: string
  readonly identity: SigningIdentity
  readonly ports: BankPorts
  readonly tls: TlsIdentity | undefined
}

interface Held {
  readonly token: string
  readonly until: Instant
}

const deadlineMs = 5_000
const assertionMs = 60_000
const earlyMs = 30_000
const longestMs = 600_000

const tokenSchema = z.object({
  access_token: z.string().min(1).max(4096),
  token_type: z.string().regex(/^bearer$/i),
  expires_in: z.number().positive(),
})

/** OAuth 2 client credentials, where the client proves itself with a JWT by its signing key (RFC 7523). */
export function openAccessTokens(parts: AccessTokenParts): AccessTokens {
  let held: Held | undefined
  let underway: Promise<Held | undefined> | undefined
  const renew = (): Promise<Held | undefined> => {
    underway ??= fetchToken(parts).finally(() => (underway = undefined))
    return underway
  }
  return {
    async find() {
      if (held === undefined || parts.ports.clock.now() >= held.until) held = await renew()
      return held?.token
    },
    forget(token) {
      if (held?.token === token) held = undefined
    },
  }
}

async function fetchToken(parts: AccessTokenParts): Promise<Held | undefined> {
  const { url, ports, tls } = parts
  const asked = ports.clock.now()
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: parts.identity.keyid,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: buildAssertion(parts, asked),
  })
  try {
    const answer = await ports.http.send({
      method: 'POST',
      url,
      headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
      body: Buffer.from(form.toString()),
      deadlineMs,
      ...(tls === undefined ? {} : { tls }),
    })
    const token = answer.status === 200 ? tokenSchema.safeParse(findJson(answer.body)?.value).data : undefined
    if (!token) return undefined
    const lifeMs = Math.min(token.expires_in * 1000, longestMs)
    return { token: token.access_token, until: addMs(asked, Math.max(lifeMs - earlyMs, lifeMs / 2)) }
  } catch {
    // Without a token the call goes nowhere, whatever kept it from us.
    return undefined
  }
}

function buildAssertion({ url, identity, ports }: AccessTokenParts, now: Instant): string {
  const iat = Math.floor(now / 1_000_000)
  const alg = getAlgorithm(identity.key) === 'ed25519' ? 'EdDSA' : 'ES256'
  const claims = {
    iss: identity.keyid,
    sub: identity.keyid,
    aud: url,
    jti: ports.nonce(),
    iat,
    exp: iat + assertionMs / 1000,
  }
  const [head, body] = [{ alg, kid: identity.keyid, typ: 'JWT' }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  )
  const signature = signBytes(identity.key, Buffer.from(`${head}.${body}`))
  return `${head}.${body}.${signature.toString('base64url')}`
}
