import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { procedures } from '@inthread/client'
import { describeOnDrawnDatabase } from '../kit/requirements.ts'
import { openSandbox, type Sandbox } from '../kit/sandbox.ts'

const tenant = 'northern-rail'

interface Operation {
  readonly operationId: string
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, { schema: object }>> }>>
}

interface Document {
  readonly openapi: string
  readonly servers: readonly { readonly url: string }[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: Readonly<Record<string, object>>
}

describeOnDrawnDatabase('the description of the admin API', (open) => {
  let sandbox: Sandbox
  let document: Document
  beforeAll(async () => {
    sandbox = await openSandbox({ database: await open() })
    document = (await (await fetch(`${sandbox.house.url}/openapi.json`)).json()) as Document
  }, 120_000)
  afterAll(() => sandbox.stop())

  /** What came back, and what the description finds wrong with it. */
  const ask = async (path: string, input?: unknown, method = 'get') => {
    const query = method === 'get' && input !== undefined ? `?input=${encodeURIComponent(JSON.stringify(input))}` : ''
    const headers = { authorization: `Bearer ${sandbox.house.adminKey}`, 'content-type': 'application/json' }
    const body = method === 'post' ? { body: JSON.stringify(input) } : {}
    const answer = await fetch(`${document.servers[0]?.url}/${path}${query}`, { method, headers, ...body })
    const told: unknown = await answer.json()
    const response = document.paths[`/${path}`]?.[method]?.responses[answer.status]
    const schema = response?.content?.['application/json']?.schema ?? { $ref: '#/components/schemas/Error' }
    const ajv = new Ajv2020({ strict: false, validateFormats: false })
    const validate = ajv.compile({ ...schema, components: document.components })
    validate(told)
    return { status: answer.status, told, problems: validate.errors ?? [] }
  }

  it('is a description by the rules of OpenAPI 3.1', async () => {
    const { valid, errors } = await new Validator().validate({ ...document })
    expect({ valid, errors }).toMatchObject({ valid: true })
    expect(document.openapi).toBe('3.1.0')
  })

  it('has every procedure that the client calls, asked as the client asks it, and no stream', () => {
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => [path.slice(1), method === 'get' ? 'query' : 'mutation']),
    )
    const called = Object.entries(procedures).filter(([, kind]) => kind !== 'subscription')
    expect(Object.fromEntries(described)).toEqual(Object.fromEntries(called))
  })

  it('says what really comes back', async () => {
    const asked = await Promise.all([
      ask('tenants.list', { limit: 5 }),
      ask('tenants.get', { tenant }),
      ask('health.get'),
      ask('orders.list', { tenant }),
      ask('menus.get', { tenant, bot: 'rail' }),
      ask('templates.list', { tenant, plugin: 'travel' }),
      ask('keys.create', { name: 'reader', role: 'auditor' }, 'post'),
      ask('orders.get', { tenant, order: 'none' }),
      ask('orders.list', { tenant, limit: 'many' }),
    ])
    expect(asked.map(({ problems }) => problems)).toEqual(asked.map(() => []))
    expect(asked.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200, 200, 404, 400])
  })
})
