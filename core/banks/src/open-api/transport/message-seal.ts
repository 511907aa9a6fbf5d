import type { Instant } from '@inthread/sdk/time'
import { verifyAnswerSignature, type Exchanged, type SignatureCheck } from './answer-signature.ts'
import { matchesContentDigest } from './content-digest.ts'
import { jwsSeal } from './jws-seal.ts'
import type { KeyRing } from './key-ring.ts'
import {
  buildRequestSignature,
  type SigningIdentity,
  type SigningMoment,
  type UnsignedRequest,
} from './request-signature.ts'

/** How a connection proves who sent a message. The two say the same; which one, the bank says. */
export interface MessageSeal {
  /** The request's headers with the proof added. */
  sign(
    request: UnsignedRequest,
    identity: SigningIdentity,
    moment: SigningMoment,
  ): Promise<Readonly<Record<string, string>>>
  verify(exchanged: Exchanged, now: Instant, keys: KeyRing): Promise<SignatureCheck>
}

/** RFC 9421 over a digest of the body (RFC 9530). */
const httpSeal: MessageSeal = {
  sign: buildRequestSignature,
  verify: async (exchanged, now, keys) => {
    const check = await verifyAnswerSignature(exchanged, now, keys)
    const { headers, body } = exchanged.answer
    if (check.kind === 'flawed' || matchesContentDigest(headers['content-digest'], body)) return check
    return { kind: 'flawed', code: 'answer_digest_mismatch' }
  },
}

export const messageSignatures = ['rfc9421', 'jws'] as const
export type MessageSignature = (typeof messageSignatures)[number]

export function getMessageSeal(kind: MessageSignature): MessageSeal {
  return kind === 'jws' ? jwsSeal : httpSeal
}
