import { describe, expect, it } from 'vitest'
import { defineContract, definePlugin, z } from '@inthread/sdk'
import type { AdminPorts } from '../ports.ts'
import { listOutsideProblems } from './outside.ts'
import { botSchema } from './schema.ts'
import { quote } from '@inthread/sdk/fault'

const plugin = definePlugin(
  defineContract({
    id: 'remote',
    publisher: 'somebody',
    version: '1.0.0',
    host: '^0.1',
    locales: ['en'],
    title: { en: 'Remote' },
    config: z.strictObject({ host: z.string().optional() }),
    secrets: { signing: { purpose: { en: 'Signs' }, hosts: [{ config: 'host' }] } },
    needs: {},
    collections: {},
    texts: {},
    egress: {
      shop: {
        host: { config: 'host' },
        purpose: { en: 'Orders' },
        data: ['public'],
        answer: z.null(),
        secret: 'signing',
      },
    },
  }),
  { flows: [] },
)

const ports = {
  sandbox: true,
  secrets: {
    read: (reference: string) =>
      reference === 'env:KNOWN' ? { value: 'x' } : { problem: quote('the environment has no NONE') },
  },
} as Pick<AdminPorts, 'sandbox' | 'secrets'> as AdminPorts

const problemsOf = (config: object, secrets: object, entered: readonly string[] = []): string[] => {
  const bot = botSchema.parse({
    id: 'shop',
    name: 'Shop',
    plugins: [{ use: 'remote', version: '^1', config, secrets }],
  })
  const plugins = new Map([['remote', plugin]])
  return listOutsideProblems(bot, 0, { plugins, ports, entered: new Set(entered) }).map(
    ({ path, message }) => `${path} ${message}`,
  )
}

describe('what a tenant enters for a plugin that reaches outside', () => {
  const host = 'shop.example.com'
  const signing = { secret: 'env:KNOWN' }

  it('is complete with a public host and every secret', () => {
    expect(problemsOf({ host }, { signing })).toEqual([])
    expect(problemsOf({ host }, { signing: { secret: 'plain:abc' } })).toEqual([])
  })

  it('is complete with a secret that was entered besides', () => {
    expect(problemsOf({ host }, {}, ['shop/remote/signing'])).toEqual([])
    expect(problemsOf({ host }, {}, ['other/remote/signing', 'shop/remote/other'])).toHaveLength(1)
  })

  it('is complete without a host that may be left out, and without its secret', () => {
    expect(problemsOf({}, {})).toEqual([])
    expect(problemsOf({ host: '' }, { signing })).toHaveLength(1)
  })

  it.each([
    ['a secret that is missing', { host }, {}, '$.bots[0].plugins[0].secrets.signing "remote" needs this secret'],
    [
      'a secret that nobody asked for',
      { host },
      { signing, other: signing },
      'secrets.other "remote" has no secret "other"',
    ],
    [
      'a secret that cannot be read',
      { host },
      { signing: { secret: 'env:NONE' } },
      'secrets.signing the environment has',
    ],
    [
      'an address in place of a name',
      { host: '10.0.0.1' },
      { signing },
      '$.bots[0].plugins[0].config.host a public name',
    ],
    ['a URL in place of a name', { host: 'https://shop.example.com' }, { signing }, 'config.host a public name'],
  ])('is refused with %s', (_what, config, secrets, message) => {
    const problems = problemsOf(config, secrets)
    expect(problems).toHaveLength(1)
    expect(problems[0]).toContain(message)
  })
})
