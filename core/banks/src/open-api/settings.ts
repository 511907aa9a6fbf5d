import { z } from 'zod'
import type { TlsIdentity } from '@inthread/sdk/bank'
import { messageSignatures } from './transport/message-seal.ts'
import { signingKeyProblem } from './transport/signing-key.ts'
import { defineSentences } from '@inthread/sdk/fault'

const say = defineSentences({
  'form.full_url': 'write a full URL that starts with https:// or http://',
  'form.plain_url': 'write the URL without a user name, a query or a fragment',
  'form.client_id': 'use 1 to 128 letters, digits and . _ : @ / -',
  'form.webhook_key': 'write whsec_ and 24 to 64 bytes in base64, as the bank gave it',
  'form.certificate': 'a certificate and its key come together',
  'form.pem_certificate': 'write it as PEM, with BEGIN CERTIFICATE',
  'form.pem_key': 'write it as PEM, with BEGIN PRIVATE KEY',
})

const webUrl = z
  .url({ protocol: /^https?$/, error: say('form.full_url').message })
  .refine(hasNoExtras, say('form.plain_url').message)

function pem(what: 'CERTIFICATE' | 'PRIVATE KEY'): z.ZodString {
  const said = say(what === 'CERTIFICATE' ? 'form.pem_certificate' : 'form.pem_key')
  return z.string().regex(new RegExp(`-----BEGIN [A-Z ]*${what}-----`), said.message)
}

/** What a tenant definition says of a bank that speaks the shared API. The secret arrives resolved, as text. */
const fields = {
  /** Where `/v1/…` begins. Signatures are made over it, never over a Host header. */
  baseUrl: webUrl,
  /** Our name at the bank, and the `kid` of our key. */
  clientId: z.string().regex(/^[A-Za-z0-9._:@/-]{1,128}$/, say('form.client_id').message),
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
    .regex(/^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/, say('form.webhook_key').message)
    .optional(),
  /** How messages are signed: by RFC 9421, or by a detached JWS in `x-jws-signature`. */
  messageSignature: z.enum(messageSignatures).default('rfc9421'),
  /** Where a bank that wants tokens gives them (OAuth 2 client credentials, `private_key_jwt`). */
  tokenUrl: webUrl.optional(),
  /** For a bank that wants our certificate too: PEM, with its private key, and the authority of the bank's own. */
  clientCertificate: pem('CERTIFICATE').optional(),
  clientCertificateKey: pem('PRIVATE KEY').optional(),
  certificateAuthority: pem('CERTIFICATE').optional(),
  notFoundIsFinalAfterMs: z.int().min(0).max(86_400_000).default(60_000),
}

export const settingsSchema = z
  .strictObject(fields)
  .refine(hasWholeIdentity, { path: ['clientCertificate'], error: say('form.certificate').message })

export type OpenApiSettings = z.infer<typeof settingsSchema>

interface CertificateSettings {
  readonly clientCertificate?: string | undefined
  readonly clientCertificateKey?: string | undefined
}

function hasWholeIdentity({ clientCertificate, clientCertificateKey }: CertificateSettings): boolean {
  return (clientCertificate === undefined) === (clientCertificateKey === undefined)
}

type TlsSettings = CertificateSettings & { readonly certificateAuthority?: string | undefined }

/** undefined for a bank that is reached like any other host. */
export function findTls(settings: TlsSettings): TlsIdentity | undefined {
  const { clientCertificate: certificate, clientCertificateKey: key, certificateAuthority: authority } = settings
  if (certificate === undefined && authority === undefined) return undefined
  return {
    ...(certificate === undefined || key === undefined ? {} : { certificate, key }),
    ...(authority === undefined ? {} : { authority }),
  }
}

function hasNoExtras(text: string): boolean {
  if (!URL.canParse(text)) return true
  const url = new URL(text)
  return url.username === '' && url.password === '' && !/[?#]/.test(text)
}
