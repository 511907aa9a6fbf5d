import type { DoorRequest } from '@inthread/sdk/bank'

type PublicKey = Readonly<Record<string, string>>

/** A connection that is being checked, whether or not it is in force. */
export interface Candidate {
  readonly publicKey: PublicKey
  readonly pushes: DoorRequest[]
  refusals: number
}

/** Lets the bank find our key and deliver events while it is checked, before there is a connection in force. */
export class Candidates {
  readonly #known = new Map<string, Candidate>()

  /** False while it is being checked already. */
  begin(name: string, publicKey: PublicKey): Candidate | undefined {
    if (this.#known.has(name)) return undefined
    const candidate = { publicKey, pushes: [], refusals: 0 }
    this.#known.set(name, candidate)
    return candidate
  }

  end(name: string): void {
    this.#known.delete(name)
  }

  find(name: string): Candidate | undefined {
    return this.#known.get(name)
  }

  listKeys(): readonly PublicKey[] {
    return [...this.#known.values()].map(({ publicKey }) => publicKey)
  }

  /** The status to answer with; undefined when nobody is checking this connection. */
  hear(name: string, push: DoorRequest): number | undefined {
    const candidate = this.#known.get(name)
    if (!candidate) return undefined
    candidate.pushes.push(push)
    if (candidate.refusals === 0) return 200
    candidate.refusals -= 1
    return 503
  }
}
