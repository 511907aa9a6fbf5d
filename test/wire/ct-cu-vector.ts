import { readdirSync, readFileSync } from 'node:fs'

/** One recorded exchange between a chatbot host (csp) and an operator's platform (maap). */
export interface CtCuVector {
  readonly id: string
  readonly direction: 'csp->maap' | 'maap->csp'
  readonly request: {
    readonly method: string
    readonly path: string
    readonly headers: Readonly<Record<string, string>>
    /** A string is sent as it is, anything else as JSON. */
    readonly body?: unknown
  }
  readonly response: {
    readonly status: number
    readonly headers?: Readonly<Record<string, string>>
    readonly body: unknown
  }
}

const folder = new URL('./ct-cu/', import.meta.url)

export function listCtCuVectorIds(): readonly string[] {
  const names = readdirSync(folder).filter((name) => name !== 'manifest.json')
  return names.map((name) => name.replace('.json', '')).sort()
}

export function getCtCuVector(id: string): CtCuVector {
  return JSON.parse(readFileSync(new URL(`${id}.json`, folder), 'utf8'))
}

export function bytesOf(body: unknown): Uint8Array {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return new TextEncoder().encode(body === undefined ? '' : text)
}
