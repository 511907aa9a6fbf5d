import type { BankCaseResult, BankCheckPorts, BankCheckReport } from '@inthread/sdk/bank'
import { findTls, type OpenApiSettings } from '../open-api/settings.ts'
import { openAccessTokens } from '../open-api/transport/access-token.ts'
import { openKeyRing } from '../open-api/transport/key-ring.ts'
import { getSigningKey } from '../open-api/transport/signing-key.ts'
import { runCase, type ConformanceCase, type Kit } from './case.ts'
import { conformanceCases } from './conformance-cases.ts'
import { Courier } from './courier.ts'
import { Customer } from './customer.ts'

/** Which bank, and as which of its clients. */
export type Candidate = Pick<OpenApiSettings, 'baseUrl' | 'clientId' | 'signingKey'> & Partial<OpenApiSettings>

/** Asks the bank case by case, in order: later ones use what earlier ones made, and the last one locks the number. */
export async function runConformance(
  candidate: Candidate,
  ports: BankCheckPorts,
  cases: readonly ConformanceCase[] = conformanceCases,
): Promise<BankCheckReport> {
  const kit = openKit(candidate, ports)
  const results: BankCaseResult[] = []
  for (const each of cases) results.push(await runCase(each, kit))
  const count = (kind: string): number => results.filter(({ verdict }) => verdict.kind === kind).length
  return { passed: count('failed') === 0 && count('passed') > count('skipped'), cases: results }
}

function openKit(candidate: Candidate, ports: BankCheckPorts): Kit {
  const baseUrl = new URL(candidate.baseUrl).href.replace(/\/+$/, '')
  const keysUrl = candidate.jwksUrl ?? `${baseUrl}/.well-known/jwks.json`
  const tls = findTls(candidate)
  const keys = openKeyRing(keysUrl, { ...ports, tls })
  const { messageSignature = 'rfc9421', tokenUrl } = candidate
  const open = (clientId: string, signingKey: string): Courier => {
    const identity = { keyid: clientId, key: getSigningKey(signingKey) }
    const tokens = tokenUrl === undefined ? undefined : openAccessTokens({ url: tokenUrl, identity, ports, tls })
    return new Courier({ baseUrl, clientId, key: identity.key, keys, keysUrl, ports, messageSignature, tokens, tls })
  }
  const courier = open(candidate.clientId, candidate.signingKey)
  const { other } = ports
  return {
    clientId: candidate.clientId,
    courier,
    customer: new Customer(courier, ports),
    ports,
    webhookSecret: candidate.webhookSecret,
    other: other && open(other.clientId, other.signingKey),
  }
}
