import type { KeyObject } from 'node:crypto'
import type { Bank } from '../app/bank.ts'
import { renderInstant } from '../app/business-clock.ts'
import { findClient, type Client } from '../clients/clients.store.ts'
import { commitRegistration } from '../clients/register-client.ts'
import { isTokenOf } from './access-tokens.ts'
import { commitNonce } from './nonces.store.ts'
import { Problem } from '../transport/problem.ts'
import {
  assertContentDigest,
  isSignedBy,
  readRequestSignature,
  type RequestSignature,
  type SignedRequest,
} from './request-signature.ts'

const largestSkewMs = 60_000

/**
 * Finds out who sent this and that it was not changed, is not old and is not sent twice. Throws a Problem otherwise.
 * The nonce is remembered last, so that a forger cannot use up the nonces of others.
 */
export async function authenticate(bank: Bank, request: SignedRequest): Promise<Client> {
  const signature = readRequestSignature(request)
  assertContentDigest(request)
  const client = await findSigner(bank, request, signature)
  if (!client) {
    const detail =
      'The signature does not verify with the public key of this keyid. ' +
      'Check the key in your JWKS, and that @target-uri begins with the address this bank is configured with.'
    throw new Problem('signature_invalid', detail)
  }
  assertFresh(bank, signature)
  if (!commitNonce(bank.db, { clientId: client.id, nonce: signature.nonce }, bank.clock.now())) {
    throw new Problem('nonce_replayed', 'This nonce was used in the last ten minutes: sign again with a new nonce.')
  }
  assertToken(bank, client, request)
  return client
}

/** Who signed is known by now; a token shows that they were let in a short while ago. */
function assertToken(bank: Bank, client: Client, request: SignedRequest): void {
  const { authorization } = request.headers
  if (authorization === undefined ? !bank.terms.tokensRequired : isTokenOf(bank, client, authorization)) return
  throw new Problem('token_expired', 'Get an access token at POST /oauth2/token, and sign the header that carries it.')
}

async function findSigner(
  bank: Bank,
  request: SignedRequest,
  signature: RequestSignature,
): Promise<Client | undefined> {
  const client = findClient(bank.db, signature.keyId)
  const jwksUrl = client?.jwksUrl ?? bank.platformJwksUrl
  const verifies = async (key: KeyObject | undefined): Promise<boolean> =>
    key !== undefined && (await isSignedBy(key, request, signature))
  const good =
    (await verifies(await bank.clientKeys.find(jwksUrl, signature.keyId))) ||
    (await verifies(await bank.clientKeys.findNewer(jwksUrl, signature.keyId)))
  if (!good) return undefined
  return findClient(bank.db, signature.keyId) ?? registerOnFirstUse(bank, signature.keyId)
}

/** Whoever has a key in the platform's own JWKS may come without being registered, but is not called back. */
function registerOnFirstUse(bank: Bank, clientId: string): Client | undefined {
  if (!/^[a-z0-9][a-z0-9._-]{0,63}$/.test(clientId)) return undefined
  bank.log('info', 'client registered on first use', { client: clientId })
  return commitRegistration(bank, { id: clientId, jwksUrl: bank.platformJwksUrl }).client
}

function assertFresh(bank: Bank, signature: RequestSignature): void {
  const now = bank.clock.now()
  if (Math.abs(signature.createdAt * 1000 - now) <= largestSkewMs) return
  const serverTime = renderInstant(now)
  throw new Problem('clock_skew', {
    detail: `The signature must be made within 60 s of the bank's time, ${serverTime}.`,
    serverTime,
  })
}
