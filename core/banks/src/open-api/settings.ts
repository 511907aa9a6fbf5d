import { z } from 'zod'
import { signingKeyProblem } from './transport/signing-key.ts'

const webUrl = z
  .url({ protocol: /^https?$/, error: 'write a full URL that starts with https:// or http://' })
  .refine(hasNoExtras, 'write the URL without a user name, a query or a fragment')

/** What a tenant definition says of a bank that speaks the shared API. The secret arrives resolved, as text. */
export const settingsSchema = z.strictObject({
  /** Where `/v1/…` begins. Signatures are made over it, never over a Host header. */
  baseUrl: webUrl,
  /** Our name at the bank, and the `kid` of our key. */
  clientId: z.string().regex(/^[A-Za-z0-9._:@/-]{1,128}$/, 'use 1 to 128 letters, digits and . _ : @ / -'),
  /** Ed25519 or P-256 private key: PKCS#8 PEM, JWK as JSON text, or base64url of an Ed25519 key's 32-byte seed. */
  signingKey: z.string().superRefine((text, context) => {
    const problem = signingKeyProblem(text)
    if (problem !== undefined) context.addIssue({ code: 'custom', message: problem })
  }),
  /** The bank's public keys; `<baseUrl>/.well-known/jwks.json` when left out. */
  jwksUrl: webUrl.optional(),
  /** For a bank that marks its deliveries with a secret (`v1`) in place of, or beside, a key of its JWKS. */
  webhookSecret: z
    .string()
    .regex(/^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/, 'write whsec_ and 24 to 64 bytes in base64, as the bank gave it')
    .optional(),
  notFoundIsFinalAfterMs: z.int().min(0).max(86_400_000).default(60_000),
})

export type OpenApiSettings = z.infer<typeof settingsSchema>

function hasNoExtras(text: string): boolean {
  if (!URL.canParse(text)) return true
  const url = new URL(text)
  return url.username === '' && url.password === '' && !/[?#]/.test(text)
}
