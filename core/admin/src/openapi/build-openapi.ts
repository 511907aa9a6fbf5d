import type { AnyProcedure } from '@trpc/server'
import { z } from 'zod'
import { adminRouter } from '../router.ts'
import { buildErrors, errorSchema } from './errors.ts'

/** An OpenAPI 3.1 document, as plain JSON. */
export type OpenApi = Readonly<Record<string, unknown>>

/**
 * The admin API as it is served at `/trpc`, procedure by procedure. There is no second door: the adapters that make
 * REST paths of procedures answer with statuses and error bodies of their own, which would have to be kept and secured
 * beside these.
 */
export function buildOpenApi(publicUrl: string): OpenApi {
  const procedures = listProcedures()
  return {
    openapi: '3.1.0',
    info: {
      title: 'Inthread admin API',
      version: '1',
      description:
        'Queries are asked with GET and their input as JSON in `input`; mutations are POSTed with it as their body. ' +
        'Instants are microseconds since 1970, amounts are minor units as text.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: `${publicUrl}/trpc` }],
    security: [{ key: [] }],
    tags: [...new Set(procedures.map(({ path }) => groupOf(path)))].map((name) => ({ name })),
    paths: Object.fromEntries(procedures.map((procedure) => [`/${procedure.path}`, buildPath(procedure)])),
    components: {
      securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'a key of the platform' } },
      schemas: { Error: errorSchema },
      responses: buildErrors(),
    },
  }
}

interface Described {
  readonly path: string
  readonly kind: 'query' | 'mutation'
  readonly permission: string
  readonly input: z.ZodType | undefined
  readonly output: z.ZodType | undefined
}

function listProcedures(): readonly Described[] {
  // Flat by path at run time, whatever its type says.
  const flat: object = adminRouter._def.procedures
  return Object.entries(flat)
    .flatMap(([path, { _def: definition }]: [string, AnyProcedure]): Described[] => {
      if (definition.type === 'subscription') return []
      const { inputs = [], output } = definition as { readonly inputs?: readonly unknown[]; readonly output?: unknown }
      const { permission = '' } = (definition.meta ?? {}) as { readonly permission?: string }
      return [{ path, kind: definition.type, permission, input: toSchema(inputs[0]), output: toSchema(output) }]
    })
    .toSorted((left, right) => (left.path < right.path ? -1 : 1))
}

function toSchema(parser: unknown): z.ZodType | undefined {
  return parser instanceof z.ZodType ? parser : undefined
}

function groupOf(path: string): string {
  return path.split('.')[0] ?? path
}

function buildPath({ path, kind, permission, input, output }: Described): object {
  const given = input && z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' })
  const required = input !== undefined && !input.safeParse(undefined).success
  const json = { 'application/json': { schema: withoutDialect(given) } }
  const asked = given === undefined ? {} : { parameters: [{ name: 'input', in: 'query', required, content: json }] }
  const sent = given === undefined ? {} : { requestBody: { required, content: json } }
  const operation = {
    operationId: path,
    tags: [groupOf(path)],
    description: `Takes the permission \`${permission}\`.`,
    ...(kind === 'query' ? asked : sent),
    responses: { 200: buildAnswer(output), ...listRefusals(kind) },
  }
  return kind === 'query' ? { get: operation } : { post: operation }
}

function buildAnswer(output: z.ZodType | undefined): object {
  const data = output ? withoutDialect(z.toJSONSchema(output, { io: 'output', unrepresentable: 'any' })) : {}
  const result = { type: 'object', required: ['data'], properties: { data } }
  const schema = { type: 'object', required: ['result'], properties: { result } }
  return { description: 'done', content: { 'application/json': { schema } } }
}

/** The document says once which dialect its schemas are written in. */
function withoutDialect(schema: object | undefined): object {
  return Object.fromEntries(Object.entries(schema ?? {}).filter(([name]) => name !== '$schema'))
}

function listRefusals(kind: Described['kind']): object {
  const names = { 400: 'BadRequest', 401: 'Unauthorized', 403: 'Forbidden', 404: 'NotFound', 500: 'Failed' }
  const all = kind === 'mutation' ? { ...names, 409: 'Conflict', 429: 'TooMany' } : names
  return Object.fromEntries(
    Object.entries(all).map(([status, name]) => [status, { $ref: `#/components/responses/${name}` }]),
  )
}
