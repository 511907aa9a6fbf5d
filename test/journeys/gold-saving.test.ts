import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createAdminClient, type AdminApi } from '@inthread/client'
import { z } from '@inthread/sdk'
import { buildManifest, writeCapability, writeManifest, writeSchema } from '@inthread/sdk/manifest'
import { noWrapper } from '@inthread/runtime'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { countDebits } from '../faults/kit/violations.ts'
import { readRows } from '../faults/kit/rows.store.ts'
import { buildOutside } from '../kit/outside/build-outside.ts'
import { applyTenant, readDefinition, type Definition } from '../kit/definition.ts'
import { goldDialogue } from '../kit/gold/gold-dialogue.ts'
import { goldSaving } from '../kit/gold/gold-saving.ts'
import { goldScene } from '../kit/gold/gold-scene.ts'
import { textOf } from '../kit/phone.ts'
import { makePublisher, publishPackages, upload, type Publisher } from '../kit/publish.ts'
import { readBank } from '../kit/purchase.ts'
import { describeOnDrawnDatabase } from '../kit/requirements.ts'
import { openSandbox, type Sandbox } from '../kit/sandbox.ts'

const tenant = 'northern-rail'
const sourceOf = (name: string): string => fileURLToPath(new URL(`../kit/gold/${name}.ts`, import.meta.url))

/** Adds the scene, and lets the bank name the publishers whose dialogues it takes. */
const sellGold =
  (publishers: readonly string[]) =>
  ({ bots, banks }: Definition): void => {
    const plugins = bots[0]?.['plugins'] as object[]
    plugins.push({ use: 'gold-scene', version: '^1', config: {}, grants: { gold: { perCall: '1000.00' } } })
    const [bank] = banks
    if (!bank) throw new Error('the sample tenant has a bank')
    bank['publishers'] = publishers
    Object.assign(bank['grants'] as object, { 'gold-saving': { perCall: '5000.00', perDay: '50000.00' } })
  }

describeOnDrawnDatabase('a capability that the platform has never heard of', (open) => {
  let sandbox: Sandbox
  let bank: Publisher
  let second: AdminApi
  const told: string[] = []

  beforeAll(async () => {
    const database = await open()
    sandbox = await openSandbox({
      database,
      house: { wrapper: { ...noWrapper, guest: (text) => void told.push(text) } },
    })
    bank = await makePublisher(sandbox.api, 'river-bank')
    const dialogue = { plugin: goldDialogue, source: sourceOf('gold-dialogue'), name: 'goldDialogue' }
    await publishPackages(sandbox.api, bank, [await buildOutside(join(database.folder, 'dialogue'), dialogue)])
    const shop = await makePublisher(sandbox.api, 'gold-shop')
    const scene = { plugin: goldScene, source: sourceOf('gold-scene'), name: 'goldScene' }
    await publishPackages(sandbox.api, shop, [await buildOutside(join(database.folder, 'scene'), scene)])
    const { key } = await sandbox.api.keys.create.mutate({ name: 'second', role: 'bank' })
    second = createAdminClient({ url: sandbox.house.url, apiKey: key })
  }, 60_000)
  afterAll(() => sandbox.stop())

  it('is not provided by a publisher that the bank does not list', async () => {
    const other = await makePublisher(sandbox.api, 'gold-fever')
    for (const keys of [[], [other.publicKey]]) {
      const { definition, files } = readDefinition(tenant)
      sellGold(keys)(definition)
      const { problems } = await sandbox.api.tenants.apply.mutate({ definition, files })
      expect(problems).toMatchObject([
        { path: expect.any(String) as string, message: expect.stringContaining('needs "gold-saving"') as string },
      ])
    }
  })

  it('means one thing under one version, whoever provides it', async () => {
    const other = await makePublisher(sandbox.api, 'lake-bank')
    const definition = { ...writeCapability(goldSaving), events: { melted: writeSchema(z.strictObject({})) } }
    const provides = { capability: 'gold-saving', version: '1.0.0', definition }
    const manifest = writeManifest({
      ...buildManifest(goldDialogue),
      id: 'lake-dialogue',
      publisher: 'lake-bank',
      provides,
    })
    const { problems } = await upload(sandbox.api, other, { manifest, bundle: 'globalThis.plugin = 1' })
    expect(problems).toEqual([expect.stringContaining('gold-saving 1.0.0 is defined otherwise by gold-dialogue')])
  })

  it('is bought on the phone, paid once, in the voice of the bank', async () => {
    await applyTenant(sandbox.api, tenant, sellGold([bank.publicKey]))
    for (const { id, digest, state } of (await second.proposals.list.query({ tenant })).items)
      if (state === 'open') await second.proposals.approve.mutate({ tenant, id, digest })
    const phone = sandbox.phone('+8613800000001')
    const question = await phone.ask('存黄金', '存多少克黄金')
    const confirm = await phone.choose(question, '1 克', '确认支付 ¥780.20')
    expect(textOf(confirm)).toContain('积存金 1 克')
    const code = await phone.choose(confirm, '确认支付', '金库验证码已发送')
    await phone.say(await phone.code())
    const bought = await phone.waitFor('黄金已存入')
    for (const message of [confirm, code, bought]) expect(message.speaker?.party).toBe('bank')
    const saved = await phone.waitFor('已存金，回单')
    expect(saved.speaker?.party).toBe('merchant')
    const number = /回单 ([0-9A-Z]{10})/.exec(textOf(saved))?.[1] ?? ''
    expect(textOf(bought)).toContain(number)
    expect(await sandbox.api.orders.get.query({ tenant, order: number })).toMatchObject({
      state: 'succeeded',
      amount: { value: '78020', currency: 'CNY' },
    })
    const books = await readBank(sandbox.street.bankUrl)
    expect(countDebits(books)).toBe(1)
    expect(books.payments[0]?.amount.value).toBe('78020')
    const { bank_order: orders } = await readRows(sandbox.house.store)
    expect(orders.map(({ capability, operation }) => [capability, operation])).toEqual([['gold-saving', 'buy']])
  }, 60_000)

  it('told the scene how it ended, and nothing that was said to the bank', async () => {
    const code = await sandbox.phone('+8613800000001').code()
    expect(told.length).toBeGreaterThan(5)
    expect(told.filter((text) => text.includes(code))).toEqual([])
    const { run } = await readRows(sandbox.house.store)
    const scene = run.find(({ plugin }) => plugin === 'gold-scene')
    expect(scene?.state).toBe('ended')
    expect(sandbox.log.filter((line) => line.includes('guest.failed'))).toEqual([])
  })

  it('is judged by the grant of its own need', async () => {
    const phone = sandbox.phone('+8613800000002')
    const question = await phone.ask('存黄金', '存多少克黄金')
    await phone.choose(question, '2 克', '没有存金')
    expect((await phone.heard()).map(textOf).join('\n')).not.toContain('确认支付')
    expect(countDebits(await readBank(sandbox.street.bankUrl))).toBe(1)
  })

  it('cannot be bought any more once the platform has suspended its dialogue', async () => {
    await sandbox.api.plugins.suspend.mutate({ plugin: 'gold-dialogue', version: '1.0.0' })
    await sandbox.restart()
    const phone = sandbox.phone('+8613800000004')
    const question = await phone.ask('存黄金', '存多少克黄金')
    await phone.choose(question, '1 克', '这项业务暂停办理')
    await phone.waitFor('没有存金')
    expect(countDebits(await readBank(sandbox.street.bankUrl))).toBe(1)
  })
})
