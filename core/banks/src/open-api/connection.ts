import type { BankConnection, BankPorts } from '@inthread/sdk/bank'
import { runAsk } from './asking.ts'
import { runAnswer, runChallenge, runFindChallenge } from './challenges.ts'
import { runConsent, runWithdrawal } from './books/consents.ts'
import { runNumberCheck } from './books/numbers.ts'
import { runFindRefund, runRefund } from './books/refunds.ts'
import { runStatement } from './books/statements.ts'
import { runLink, runMethods, runProfile } from './directory.ts'
import { runNotices, runVerifyNotice } from './notices.ts'
import { runQuery, runSubmit } from './payments.ts'
import { findTls, type OpenApiSettings } from './settings.ts'
import { openAccessTokens } from './transport/access-token.ts'
import { openExchange } from './transport/exchange.ts'
import { openKeyRing } from './transport/key-ring.ts'
import { getMessageSeal } from './transport/message-seal.ts'
import { openNonceMemory } from './transport/nonce-memory.ts'
import { buildPublicJwk, getSigningKey } from './transport/signing-key.ts'

/**
 * One tenant's connection to one bank. It holds the bank's public keys and the nonces of the last two minutes;
 * everything else is asked anew. Throws a RangeError for a signing key that is none.
 */
export function openConnection(settings: OpenApiSettings, ports: BankPorts): BankConnection {
  const { clientId } = settings
  const key = getSigningKey(settings.signingKey)
  // In its normal form, as the bank's own configuration and every HTTP client have it.
  const baseUrl = new URL(settings.baseUrl).href.replace(/\/+$/, '')
  const tls = findTls(settings)
  const keys = openKeyRing(settings.jwksUrl ?? `${baseUrl}/.well-known/jwks.json`, { ...ports, tls })
  const identity = { keyid: clientId, key }
  const { tokenUrl } = settings
  const exchange = openExchange({
    ...{ baseUrl, identity, ports, keys, tls, nonces: openNonceMemory() },
    seal: getMessageSeal(settings.messageSignature),
    tokens: tokenUrl === undefined ? undefined : openAccessTokens({ url: tokenUrl, identity, ports, tls }),
  })
  return {
    notFoundIsFinalAfterMs: settings.notFoundIsFinalAfterMs,
    publicKey: buildPublicJwk(key, clientId),
    profile: () => runProfile(exchange, clientId),
    link: (request) => runLink(exchange, request),
    methods: (link) => runMethods(exchange, link),
    challenge: (request) => runChallenge(exchange, request),
    answer: (request) => runAnswer(exchange, request),
    findChallenge: (ref) => runFindChallenge(exchange, ref),
    submit: (request) => runSubmit(exchange, request),
    query: (clientRef) => runQuery(exchange, clientRef),
    ask: (request) => runAsk(exchange, request),
    verifyNotice: (request) => runVerifyNotice({ keys, secret: settings.webhookSecret, clock: ports.clock }, request),
    notices: (after) => runNotices(exchange, after),
    refund: (request) => runRefund(exchange, request),
    findRefund: (clientRef, path) => runFindRefund(exchange, clientRef, path),
    consent: (request) => runConsent(exchange, request),
    withdrawConsent: (request) => runWithdrawal(exchange, request),
    numberCheck: (request) => runNumberCheck(exchange, request),
    statement: (day) => runStatement({ exchange, keys }, day),
  }
}
