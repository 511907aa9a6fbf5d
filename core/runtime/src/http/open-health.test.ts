import Fastify from 'fastify'
import { expect, it } from 'vitest'
import type { Readiness } from '../boot/health.ts'
import { openHealth } from './open-health.ts'
import { quote } from '@inthread/sdk/fault'

const amiss = [{ tenant: 'rail', code: 'tenant.secret_missing' }]
const said = quote('1 not in force')
const shownNamed = { part: 'tenants', ok: false, detail: '1 not in force', amiss }
const reading = { ...shownNamed, said }
const health = { judge: () => Promise.resolve({ missing: [], impaired: [reading] }) } as Pick<Readiness, 'judge'>

it.each([
  ['named', shownNamed],
  ['counted', { part: 'tenants', ok: false, detail: '1 not in force' }],
] as const)('has the tenants that are not in force %s, where that is meant', async (how, shown) => {
  const server = Fastify()
  openHealth(server, health as Readiness, how)
  const answer = await server.inject({ url: '/readyz' })
  expect([answer.statusCode, answer.json()]).toEqual([200, { ok: true, missing: [], impaired: [shown] }])
  await server.close()
})
