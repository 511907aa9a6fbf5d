import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BankUnderTest } from '../kit/bank-under-test.ts'
import { signRequest } from '../kit/message-signature.ts'
import { phones } from '../kit/purchase.ts'
import { newKey, type TestClient } from '../kit/test-client.ts'

let world: BankUnderTest
let rail: TestClient

beforeAll(async () => {
  world = await BankUnderTest.open()
  rail = await world.client('northern-rail')
})
afterAll(() => world.close())

test('the document names exactly the routes that are registered below /v1', () => {
  const { document } = world.conformance
  expect(document.openapi).toMatch(/^3\.1\./)
  expect(document.servers).toEqual([{ url: world.bank.url }])
  const documented = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  )
  const registered = world.bank.routes
    .filter(({ url }) => url.startsWith('/v1/'))
    .map(({ method, url }) => `${method} ${url.replace(/:([a-zA-Z]+)/g, '{$1}')}`)
  expect(documented.toSorted()).toEqual(registered.toSorted())
  expect(documented.length).toBeGreaterThan(12)
})

describe('the headers that are called required', () => {
  test.each([
    ['signature', 401],
    ['signature-input', 401],
    ['content-digest', 401],
    ['idempotency-key', 401],
  ])('%s is: without it %s', async (name, status) => {
    const url = `${world.bank.url}/v1/links`
    const body = JSON.stringify({ phone: phones.usual, userRef: 'u1' })
    const headers = buildHeaders(body)
    expect(listRequired('/v1/links', 'post')).toContain(name)
    delete headers[name]
    expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(status)
  })

  test('are all there is to send', async () => {
    const sent = Object.keys(buildHeaders('{}')).toSorted()
    expect(sent).toEqual([...listRequired('/v1/links', 'post'), 'content-type'].toSorted())
    expect(listRequired('/v1/payments/{id}', 'get')).toEqual(['signature', 'signature-input'])
  })
})

function listRequired(path: string, method: string): string[] {
  const parameters = world.conformance.document.paths[path]?.[method]?.parameters ?? []
  return parameters
    .filter(({ in: place, required }) => place === 'header' && required)
    .map(({ name }) => name)
    .toSorted()
}

function buildHeaders(body: string): Record<string, string> {
  const created = Math.floor(world.now() / 1000)
  const signing = {
    method: 'POST',
    url: `${world.bank.url}/v1/links`,
    body,
    keyId: rail.id,
    privateKey: rail.key.privateKey,
    created,
    nonce: newKey(),
  }
  return signRequest({ ...signing, headers: { 'idempotency-key': `"${newKey()}"` } })
}
