import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { createAdminClient } from '@inthread/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSqliteDatabase, type TestDatabase } from '../kit/databases.ts'
import { applyTenant } from '../kit/definition.ts'
import { runInthread } from '../kit/outside/command.ts'
import { openSandbox, type Sandbox } from '../kit/sandbox.ts'
import { listSnippets, writeSnippets } from '../tidy/snippet-problems.ts'

const tenant = 'northern-rail'
const root = fileURLToPath(new URL('../..', import.meta.url))
const shops = ['flower-shop', 'care-tips'] as const
const versions = { 'flower-shop': '0.2.0', 'care-tips': '0.1.0' }

interface Shop {
  readonly port: number
  /** What its staff was told: key and order. */
  readonly told: readonly { readonly key: string | undefined; readonly order: string }[]
  close(): void
}

/** The merchant's own system, which takes every order. */
async function openShop(): Promise<Shop> {
  const told: Shop['told'][number][] = []
  const server = createServer((request, response) => {
    void text(request).then((order) => {
      told.push({ key: request.headers.authorization, order })
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"taken":true}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { port, told, close: () => void server.close() }
}

/** The plugins of the guide, brought to a platform as the guide says, where they run as guests. */
describe('the flower shop of the guide', { timeout: 60_000 }, () => {
  let database: TestDatabase
  let sandbox: Sandbox
  let shop: Shop

  /** Runs a command of which nothing but success is expected. */
  const inthread = async (...given: string[]): Promise<void> => {
    const { code, output, errors } = await runInthread([...given, '--home', join(database.folder, 'home')])
    if (code !== 0) throw new Error(`inthread ${given.join(' ')}: ${output}${errors}`)
  }

  const bringIn = async (name: keyof typeof versions): Promise<void> => {
    const folder = join(database.folder, name)
    const release = `${name}@${versions[name]}`
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, type: 'module', exports: './plugin.ts' }))
    await runInthread(['plugin', 'build', folder, '--key', join(database.folder, 'key.json')])
    await inthread('plugin', 'push', folder)
    await inthread('packages', 'review', release)
    await inthread('packages', 'list', release)
  }

  beforeAll(async () => {
    database = await createSqliteDatabase()
    shop = await openShop()
    const environment = { INTHREAD_EGRESS_LOOPBACK: `shop.example.com=${shop.port}` }
    sandbox = await openSandbox({ database, environment })
    mkdirSync(join(database.folder, 'node_modules/@inthread'), { recursive: true })
    symlinkSync(join(root, 'core/sdk'), join(database.folder, 'node_modules/@inthread/sdk'))
    writeSnippets(
      database.folder,
      listSnippets('plugins/README.md', readFileSync(join(root, 'plugins/README.md'), 'utf8')),
    )
    const key = join(database.folder, 'key.json')
    await runInthread(['plugin', 'keygen', key])
    const { publicKey } = JSON.parse(readFileSync(key, 'utf8')) as { publicKey: string }
    await inthread('packages', 'trust', 'you', '--public-key', publicKey)
    for (const name of shops) await bringIn(name)
    await applyTenant(sandbox.api, tenant, ({ bots }) => {
      const plugins = bots[0]?.['plugins'] as object[]
      plugins.push(
        {
          use: 'flower-shop',
          version: '^0.2',
          secrets: { courier: { secret: 'plain:key-4711' }, shop: { secret: 'plain:key-4712' } },
          grants: { pay: { perCall: '500.00' } },
        },
        { use: 'care-tips', version: '^0.1', grants: { tip: false } },
      )
    })
    await approveAll()
    const lines = Array.from({ length: 12 }, (_each, index) => `r${index},rose,玫瑰${index + 11},88.00,3`)
    const goods = join(database.folder, 'bouquets.csv')
    writeFileSync(goods, ['id,kind,name,price,stock', ...lines, ''].join('\n'))
    await inthread('collections', 'import', 'flower-shop.bouquets', goods, '--tenant', tenant)
  }, 90_000)
  afterAll(async () => {
    await sandbox.stop()
    shop.close()
    await database.drop()
  })

  const approveAll = async (): Promise<void> => {
    const { key } = await sandbox.api.keys.create.mutate({ name: 'reviewer', role: 'bank' })
    const reviewer = createAdminClient({ url: sandbox.house.url, apiKey: key })
    for (const { id, digest, state } of (await reviewer.proposals.list.query({ tenant })).items)
      if (state === 'open') await reviewer.proposals.approve.mutate({ tenant, id, digest })
  }

  it('sells, is paid, tells the other plugin, and keeps what is the customer’s', async () => {
    const phone = sandbox.phone('+8613800000001')
    const first = await phone.ask('我要买玫瑰', '玫瑰11')
    await phone.choose(first, '更多', '玫瑰22')
    await phone.ask('玫瑰21', '送到哪里')
    await phone.ask('南京路', '没有看懂')
    const day = await phone.ask('南京路12号', '哪天送')
    await phone.choose(day, '明天', '卡片上写什么')
    await phone.ask('早日康复', '玫瑰21，¥88.00，明天送到南京路12号')
    const again = await phone.ask('修改日期', '哪天送')
    const summary = await phone.choose(again, '今天', '¥88.00，今天送到南京路12号')
    const confirm = await phone.choose(summary, '支付', '确认支付 ¥88.00')
    await phone.choose(confirm, '确认支付', '验证码')
    await phone.say(await phone.code())
    await phone.waitFor('已付款，单号')
    const tip = await phone.waitFor('每天换水')
    expect(shop.told).toEqual([{ key: 'Bearer key-4712', order: expect.stringContaining('南京路12号') }])
    await phone.choose(tip, '五元', '没关系')
    await phone.ask('我买的花', '共 1 单，最近一单：玫瑰21')
    await phone.ask('删除', '已删除')
    await phone.ask('我买的花', '您还没有订单')
  })

  it('says that the courier does not answer', async () => {
    const phone = sandbox.phone('+8613800000009')
    await phone.ask('花什么时候到', '快递公司没有回应')
    expect(await sandbox.api.installations.list.query({ tenant })).toContainEqual(
      expect.objectContaining({ plugin: 'flower-shop', version: '0.2.0', state: 'active' }),
    )
  })
})
