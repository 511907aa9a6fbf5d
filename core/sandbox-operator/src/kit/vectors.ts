import rcc07 from '../../vectors/rcc07.json' with { type: 'json' }
import ctCu from '../../vectors/ct-cu.json' with { type: 'json' }

export interface BodyVector {
  readonly name: string
  readonly contentType: string | null
  readonly schema: string
  readonly valid: boolean
  readonly operator?: string
  readonly body: unknown
}

export interface WirePair {
  readonly id: string
  readonly request: {
    readonly method: string
    readonly path: string
    readonly headers: Readonly<Record<string, string>>
    readonly body?: unknown
  }
  readonly response: { readonly status: number; readonly body?: unknown }
}

export const bodyVectors = rcc07 as readonly BodyVector[]
export const callbackToken = ctCu.callbackToken

export function getPair(start: string): WirePair {
  const pair = (ctCu.pairs as readonly WirePair[]).find(({ id }) => id.startsWith(start))
  if (!pair) throw new Error(`no recorded pair ${start}`)
  return pair
}
