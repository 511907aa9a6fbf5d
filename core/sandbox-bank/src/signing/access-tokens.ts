import type { Bank } from '../app/bank.ts'
import { findClient, type Client } from '../clients/clients.store.ts'
import { equalTexts } from '../vault/vault.ts'
import { verifyBytes } from './algorithm.ts'
import { commitNonce } from './nonces.store.ts'

const lifeMs = 300_000
const longestAssertionSec = 300
const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

export interface TokenAnswer {
  readonly access_token: string
  readonly token_type: 'Bearer'
  readonly expires_in: number
}

/** OAuth 2 client credentials with `private_key_jwt`. undefined for whoever does not prove who they are. */
export async function findToken(bank: Bank, form: URLSearchParams, audience: string): Promise<TokenAnswer | undefined> {
  if (form.get('grant_type') !== 'client_credentials') return undefined
  if (form.get('client_assertion_type') !== assertionType) return undefined
  const client = await findAsserted(bank, form.get('client_assertion') ?? '', audience)
  if (!client || (form.get('client_id') ?? client.id) !== client.id) return undefined
  return { access_token: renderToken(bank, client.id), token_type: 'Bearer', expires_in: lifeMs / 1000 }
}

/** The token says for whom and until when; nothing has to be remembered for it. */
function renderToken(bank: Bank, clientId: string): string {
  const facts = Buffer.from(JSON.stringify([clientId, bank.clock.now() + lifeMs])).toString('base64url')
  return `${facts}.${bank.vault.idOf('tok', facts)}`
}

/** Whether the header holds a token that was given to this client and is not over. */
export function isTokenOf(bank: Bank, client: Client, authorization: string): boolean {
  const [facts = '', mark = ''] = authorization.replace(/^Bearer /, '').split('.')
  if (!equalTexts(mark, bank.vault.idOf('tok', facts))) return false
  const [clientId, endsAt] = JSON.parse(Buffer.from(facts, 'base64url').toString('utf8')) as [string, number]
  return clientId === client.id && bank.clock.now() < endsAt
}

async function findAsserted(bank: Bank, assertion: string, audience: string): Promise<Client | undefined> {
  const [head = '', claims = '', signature = ''] = assertion.split('.')
  const header = findPart(head)
  const { iss, sub, aud, exp, jti } = findPart(claims)
  const client = typeof iss === 'string' && iss === sub ? findClient(bank.db, iss) : undefined
  if (!client || aud !== audience || typeof jti !== 'string' || typeof exp !== 'number') return undefined
  const leftSec = exp - bank.clock.now() / 1000
  if (leftSec <= 0 || leftSec > longestAssertionSec) return undefined
  const kid = typeof header['kid'] === 'string' ? header['kid'] : client.id
  const key = await bank.clientKeys.find(client.jwksUrl, kid)
  const signed = Buffer.from(`${head}.${claims}`)
  if (!key || !verifyBytes(key, signed, Buffer.from(signature, 'base64url'))) return undefined
  const isNew = commitNonce(bank.db, { clientId: client.id, nonce: `jwt ${jti}` }, bank.clock.now())
  return isNew ? client : undefined
}

function findPart(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}
