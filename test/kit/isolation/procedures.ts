import { adminRouter } from '@inthread/admin/router'
import type { z } from '@inthread/sdk'

/** A procedure of the admin API as a stranger sees it. */
export interface Procedure {
  readonly path: string
  readonly kind: 'query' | 'mutation' | 'subscription'
  /** What it takes; undefined when it takes nothing. */
  readonly input: z.core.$ZodType | undefined
}

/** Every procedure there is, of the router itself. */
export function listProcedures(): readonly Procedure[] {
  const flat: object = adminRouter._def.procedures
  return Object.entries(flat).map(([path, { _def: definition }]: [string, Defined]) => {
    const { type: kind, inputs = [] } = definition
    if (inputs.length > 1) throw new TypeError(`${path} takes its input in parts`)
    return { path, kind, input: inputs[0] }
  })
}

interface Defined {
  readonly _def: { readonly type: Procedure['kind']; readonly inputs?: readonly z.core.$ZodType[] }
}

export interface Answer {
  /** Of HTTP. */
  readonly status: number
  readonly text: string
}

/** As many as the platform takes in one batch. */
const together = 20

/** Calls over HTTP and keeps what was answered, as it was answered. */
export class Caller {
  readonly #url: string
  readonly #headers: Readonly<Record<string, string>>

  constructor(url: string, key: string) {
    this.#url = `${url}/trpc`
    this.#headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
  }

  async call(procedure: Procedure, input: unknown): Promise<Answer> {
    const [answer = { status: 0, text: '' }] = await this.callEach(procedure, [input])
    return answer
  }

  /** One answer for each of the inputs, in their order. */
  async callEach(procedure: Procedure, inputs: readonly unknown[]): Promise<readonly Answer[]> {
    const answers: Answer[] = []
    for (let at = 0; at < inputs.length; at += together)
      answers.push(...(await this.#callBatch(procedure, inputs.slice(at, at + together))))
    return answers
  }

  async #callBatch({ path, kind }: Procedure, inputs: readonly unknown[]): Promise<readonly Answer[]> {
    const body = JSON.stringify(Object.fromEntries(inputs.map((input, at) => [at, input])))
    const url = `${this.#url}/${inputs.map(() => path).join(',')}?batch=1`
    const answer =
      kind === 'query'
        ? await fetch(`${url}&input=${encodeURIComponent(body)}`, { headers: this.#headers })
        : await fetch(url, { method: 'POST', headers: this.#headers, body })
    const results = (await answer.json()) as readonly Result[]
    return results.map((result) => ({
      status: result.error ? result.error.data.httpStatus : 200,
      text: JSON.stringify(result),
    }))
  }
}

interface Result {
  readonly error?: { readonly data: { readonly httpStatus: number } }
}
