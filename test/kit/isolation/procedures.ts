import { setTimeout as pause } from 'node:timers/promises'
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
/** Fewer than one holder may have: those that were left a moment ago may count still. */
const streamsTogether = 5
/** A refusal comes at once, and so do the entries that there are. */
const silentMs = 2000

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
    if (procedure.kind === 'subscription') {
      for (let at = 0; at < inputs.length; at += streamsTogether) {
        const part = inputs.slice(at, at + streamsTogether)
        answers.push(...(await Promise.all(part.map((input) => this.#listen(procedure, input)))))
      }
      return answers
    }
    for (let at = 0; at < inputs.length; at += together)
      answers.push(...(await this.#callBatch(procedure, inputs.slice(at, at + together))))
    return answers
  }

  /** The first thing that a stream tells, or its refusal; one that is silent was let in. */
  async #listen({ path }: Procedure, input: unknown): Promise<Answer> {
    const asked = input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`
    const leaving = new AbortController()
    const answer = await fetch(`${this.#url}/${path}${asked}`, { headers: this.#headers, signal: leaving.signal })
    try {
      return await Promise.race([readFirst(answer), pause(silentMs, { status: 200, text: 'silent' })])
    } finally {
      leaving.abort()
    }
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

/** The first event that is more than a sign of life. */
async function readFirst({ status, body }: Response): Promise<Answer> {
  let text = ''
  const decoder = new TextDecoder()
  if (body)
    try {
      for await (const chunk of body) {
        text += decoder.decode(chunk as Uint8Array, { stream: true })
        for (const part of text.split('\n\n\n').slice(0, -1)) {
          const { name, data } = readEvent(part)
          if (name === 'serialized-error') return refusedWith(data)
          if (name === 'message') return { status, text: data }
        }
      }
    } catch (error) {
      if (!(error instanceof DOMException)) throw error
    }
  return { status, text: `ended after ${text}` }
}

function refusedWith(data: string): Answer {
  const error = JSON.parse(data) as NonNullable<Result['error']>
  return { status: error.data.httpStatus, text: JSON.stringify({ error }) }
}

function readEvent(part: string): { readonly name: string; readonly data: string } {
  const lines = part.split('\n')
  const read = (field: string): string | undefined =>
    lines.find((line) => line.startsWith(`${field}: `))?.slice(field.length + 2)
  return { name: read('event') ?? 'message', data: read('data') ?? '' }
}

interface Result {
  readonly error?: { readonly data: { readonly httpStatus: number } }
}
