import { createHash, createHmac } from 'node:crypto'

export interface SignatureInput {
  readonly token: string
  /** Seconds since 1970, in decimal. */
  readonly timestamp: string
  readonly nonce: string
}

/** Lower-case hex over the three values, sorted and joined. The body is not covered: the protocol has it so. */
export function buildSignature(input: SignatureInput, algorithm: 'sha256' | 'hmac-sha256'): string {
  const joined = [input.token, input.timestamp, input.nonce].sort().join('')
  const digest = algorithm === 'sha256' ? createHash('sha256') : createHmac('sha256', input.token)
  return digest.update(joined).digest('hex')
}
