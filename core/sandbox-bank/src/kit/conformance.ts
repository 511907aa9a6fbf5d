import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'

interface Operation {
  readonly operationId: string
  readonly parameters?: readonly { readonly in: string; readonly name: string; readonly required?: boolean }[]
  readonly requestBody?: { readonly required?: boolean }
  readonly responses: Readonly<Record<string, DocumentedAnswer>>
}

interface DocumentedAnswer {
  readonly description: string
  readonly headers: Readonly<Record<string, object>>
  readonly content?: Readonly<Record<string, { readonly schema: object }>>
}

export interface ApiDocument {
  readonly openapi: string
  readonly servers: readonly { readonly url: string }[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}

export interface Sighting {
  readonly method: string
  readonly path: string
  readonly status: number
  readonly headers: Headers
  readonly body: unknown
}

/** Holds real answers against the published document. A field that the document does not name fails too. */
export class Conformance {
  readonly document: ApiDocument
  /** `METHOD template status`, and the code of a problem, of everything seen. */
  readonly seen = new Set<string>()
  readonly #checks = new Map<string, ValidateFunction>()
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true })

  constructor(document: ApiDocument) {
    this.document = document
    addFormats.default(this.#ajv)
  }

  assert(sighting: Sighting): void {
    const template = this.#findTemplate(sighting.path)
    if (template === undefined) return
    const operation = this.document.paths[template]?.[sighting.method.toLowerCase()]
    if (!operation) return
    const name = `${sighting.method} ${template} ${sighting.status}`
    this.seen.add([name, findCode(sighting.body)].join(' ').trim())
    const answer = operation.responses[sighting.status]
    if (!answer) throw new Error(`the document knows no ${name}`)
    const missing = Object.keys(answer.headers).filter((header) => !sighting.headers.has(header))
    if (missing.length > 0) throw new Error(`${name} came without ${missing.join(', ')}`)
    if (!answer.content && sighting.body === undefined) return
    const contentType = sighting.headers.get('content-type') ?? ''
    const media = answer.content?.[contentType.split(';')[0] ?? '']
    if (!media) throw new Error(`the document knows no ${contentType} for ${name}`)
    const check = this.#getCheck(name, media.schema)
    if (!check(sighting.body))
      throw new Error(`${name} does not fit the document: ${this.#ajv.errorsText(check.errors)}`)
  }

  #findTemplate(path: string): string | undefined {
    const segments = (path.split('?')[0] ?? '').split('/')
    return Object.keys(this.document.paths).find((template) => {
      const wanted = template.split('/')
      return (
        wanted.length === segments.length &&
        wanted.every((part, index) => part.startsWith('{') || part === segments[index])
      )
    })
  }

  #getCheck(name: string, schema: object): ValidateFunction {
    const known = this.#checks.get(name)
    if (known) return known
    const check = this.#ajv.compile(close(schema))
    this.#checks.set(name, check)
    return check
  }
}

function findCode(body: unknown): string {
  return typeof body === 'object' && body !== null && 'retry' in body && 'code' in body ? String(body.code) : ''
}

/** The same schema with every object closed, so that an undocumented field is noticed. */
function close(schema: object): object {
  const closed = JSON.parse(JSON.stringify(schema), (_name, value: unknown) => {
    if (typeof value !== 'object' || value === null || !('properties' in value) || !('type' in value)) return value
    return { ...value, additionalProperties: false }
  })
  return closed
}
