import { httpbis } from 'http-message-signatures'
import { isInnerList, parseDictionary, serializeItem, serializeList } from 'structured-headers'
import type { InnerList, Item } from 'structured-headers'
import { z } from 'zod'
import type { HttpRequest, HttpResponse } from '@inthread/sdk/bank'
import type { Instant } from '@inthread/sdk/time'
import { algorithms, findAlgorithm, isSigned } from './algorithm.ts'
import type { KeyRing } from './key-ring.ts'

/** Why an answer proves nothing. */
export type SignatureFlaw =
  | 'answer_unsigned'
  | 'answer_stale'
  | 'answer_signature_invalid'
  | 'answer_signed_with_unknown_key'
  | 'answer_digest_mismatch'
  | 'bank_keys_unavailable'

export type SignatureCheck =
  { readonly kind: 'genuine'; readonly nonce: string } | { readonly kind: 'flawed'; readonly code: SignatureFlaw }

/** One request and what came back for it. */
export interface Exchanged {
  readonly request: HttpRequest
  readonly answer: HttpResponse
}

const toleranceSec = 60

const required = ['"@status"', '"content-digest"', '"@method";req', '"@target-uri";req']

const paramsSchema = z.object({
  created: z.int(),
  expires: z.int().optional(),
  keyid: z.string().min(1),
  nonce: z.string().min(1).max(256),
  alg: z.enum(algorithms),
  tag: z.literal('scene-finance-response'),
})

interface SignatureParts {
  readonly input: InnerList
  readonly params: z.infer<typeof paramsSchema>
  readonly signature: Buffer
}

/**
 * Checks the bank's signature over status, content digest, and the method and URI of the very request that it answers.
 * More components may be signed than the four required; other labels than `sig1` are not looked at.
 */
export async function verifyAnswerSignature(
  exchanged: Exchanged,
  now: Instant,
  keys: KeyRing,
): Promise<SignatureCheck> {
  const { headers } = exchanged.answer
  if (headers.signature === undefined || headers['signature-input'] === undefined) return flawed('answer_unsigned')
  const parts = findParts(headers['signature-input'], headers.signature)
  if (parts === undefined) return flawed('answer_signature_invalid')
  if (!isTimely(parts.params, now)) return flawed('answer_stale')
  const base = findSignatureBase(exchanged, parts.input)
  if (base === undefined) return flawed('answer_signature_invalid')
  const key = await keys.find(parts.params.keyid)
  if (key === 'unavailable') return flawed('bank_keys_unavailable')
  if (key === 'unknown_key') return flawed('answer_signed_with_unknown_key')
  const fits = findAlgorithm(key) === parts.params.alg && isSigned(key, Buffer.from(base), parts.signature)
  if (!fits) return flawed('answer_signature_invalid')
  return { kind: 'genuine', nonce: parts.params.nonce }
}

function findParts(inputField: string, signatureField: string): SignatureParts | undefined {
  const input = findMember(inputField)
  const value = findMember(signatureField)?.[0]
  if (input === undefined || !isInnerList(input) || !(value instanceof ArrayBuffer)) return undefined
  const components = input[0].map((item) => serializeItem(item))
  if (new Set(components).size !== components.length) return undefined
  if (!required.every((component) => components.includes(component))) return undefined
  const params = paramsSchema.safeParse(Object.fromEntries(input[1]))
  return params.success ? { input, params: params.data, signature: Buffer.from(value) } : undefined
}

function findMember(field: string): InnerList | Item | undefined {
  try {
    return parseDictionary(field).get('sig1')
  } catch {
    return undefined
  }
}

function isTimely(params: SignatureParts['params'], now: Instant): boolean {
  const nowSec = now / 1_000_000
  return Math.abs(nowSec - params.created) <= toleranceSec && (params.expires === undefined || nowSec <= params.expires)
}

/** undefined when the signature names something that this answer does not have. */
function findSignatureBase(exchanged: Exchanged, input: InnerList): string | undefined {
  const { request, answer } = exchanged
  const asked = { method: request.method, url: request.url, headers: { ...request.headers } }
  const answered = { status: answer.status, headers: { ...answer.headers } }
  try {
    const base = httpbis.createSignatureBase({ fields: input[0].map((item) => serializeItem(item)) }, answered, asked)
    base.push(['"@signature-params"', [serializeList([input])]])
    return httpbis.formatSignatureBase(base)
  } catch {
    return undefined
  }
}

function flawed(code: SignatureFlaw): SignatureCheck {
  return { kind: 'flawed', code }
}
