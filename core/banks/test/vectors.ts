import { readFileSync } from 'node:fs'

interface Vectors {
  readonly httpMessageSignature: {
    readonly method: string
    readonly targetUri: string
    readonly body: string
    readonly headers: Readonly<Record<string, string>>
    readonly signatureBase: string
  }
  readonly standardWebhook: {
    readonly secret: string
    readonly headers: Readonly<Record<string, string>>
    readonly body: string
  }
}

const file = new URL('../../../test/wire/bank/signatures.json', import.meta.url)

/** Known answers, made with the published test key. */
export const vectors = JSON.parse(readFileSync(file, 'utf8')) as Vectors
