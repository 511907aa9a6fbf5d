import { Type, type Static } from 'typebox'
import type { SealedBooks } from '../customers/customers.store.ts'
import { renderCanonicalJson, sha256Hex } from '../signing/digest.ts'
import { Problem } from '../transport/problem.ts'
import { operationNames } from './operations.ts'

export const amountPattern = '^(0|[1-9][0-9]{0,17})$'
const name = { minLength: 1, maxLength: 64 }

/**
 * What the customer agrees to, word for word. Closed: a member that this bank does not understand would be agreed to
 * without having been shown.
 */
export const payloadSchema = Type.Object(
  {
    v: Type.Literal(1),
    op: Type.Enum([...operationNames], { description: 'What is agreed to.' }),
    intent: Type.String(name),
    bank: Type.String(name),
    tenant: Type.String(name),
    amount: Type.String({ pattern: amountPattern, description: 'Minor units.' }),
    currency: Type.String({ pattern: '^[A-Z]{3}$' }),
    payee: Type.Object(
      { id: Type.String(name), name: Type.String(name), account: Type.String(name) },
      { additionalProperties: false },
    ),
    payer: Type.String({ ...name, description: 'Id of the payment method, acc_…; none where nothing is paid.' }),
    expires: Type.String({ format: 'date-time' }),
    nonce: Type.String(name),
    quote: Type.Optional(Type.String({ ...name, description: 'Id of the quote that is agreed to.' })),
    terms: Type.Optional(
      Type.String({
        pattern: '^[0-9a-f]{64}$',
        description: 'SHA-256 of the RFC 8785 form of { amount, payee, terms, credit } of the quote, as they came.',
      }),
    ),
  },
  { additionalProperties: false, description: 'What is agreed to, in the form whose RFC 8785 text is digested.' },
)

export type Payload = Static<typeof payloadSchema>

/** The canonical text as it is kept: it may name a person. */
export function sealPayload({ vault }: Pick<SealedBooks, 'vault'>, id: string, canonical: string): string {
  return vault.seal(payloadCell(id), canonical)
}

/** What was stored is what was checked. Payloads of older books stand there as they are. */
export function readPayload(books: Pick<SealedBooks, 'vault'>, { id, payload }: Kept): Payload {
  return JSON.parse(payload.startsWith('{') ? payload : books.vault.open(payloadCell(id), payload)) as Payload
}

interface Kept {
  readonly id: string
  readonly payload: string
}

function payloadCell(id: string): { table: string; column: string; row: string } {
  return { table: 'confirmations', column: 'payload', row: id }
}

/** The canonical text, once the digest was found right. */
export function buildCanonicalPayload(payload: Payload, payloadSha256: string): string {
  const canonical = renderCanonicalJson(payload)
  if (sha256Hex(canonical) === payloadSha256) return canonical
  throw new Problem(
    'amount_changed',
    'payloadSha256 is not the SHA-256 of the canonical form (RFC 8785) of payload: compute it again.',
  )
}
