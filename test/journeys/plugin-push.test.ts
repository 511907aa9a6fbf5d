import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createAdminClient } from '@inthread/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSqliteDatabase, type TestDatabase } from '../kit/databases.ts'
import { applyTenant } from '../kit/definition.ts'
import { runInthread, type Ended } from '../kit/outside/command.ts'
import { openSandbox, type Sandbox } from '../kit/sandbox.ts'

const tenant = 'northern-rail'
const sdk = fileURLToPath(new URL('../../core/sdk', import.meta.url))

/** From `plugin new` to a phone that drinks tea, as a merchant's developer and a bank's reviewer do it. */
describe('a plugin written outside', () => {
  let database: TestDatabase
  let sandbox: Sandbox
  let folder: string
  let home: readonly string[]

  const plugin = (...given: string[]): Promise<Ended> => runInthread(['plugin', ...given])
  const packages = (...given: string[]): Promise<Ended> => runInthread(['packages', ...given, ...home])
  beforeAll(async () => {
    database = await createSqliteDatabase()
    sandbox = await openSandbox({ database })
    home = ['--home', join(database.folder, 'home')]
    folder = join(database.folder, 'tea-house')
    await plugin('new', folder)
    mkdirSync(join(folder, 'node_modules/@inthread'), { recursive: true })
    symlinkSync(sdk, join(folder, 'node_modules/@inthread/sdk'))
  })
  afterAll(async () => {
    await sandbox.stop()
    await database.drop()
  })

  /** A second person says yes to a plugin that may be paid through. */
  const approveAll = async (): Promise<void> => {
    const { key } = await sandbox.api.keys.create.mutate({ name: 'reviewer', role: 'bank' })
    const reviewer = createAdminClient({ url: sandbox.house.url, apiKey: key })
    const { items: waiting } = await reviewer.proposals.list.query({ tenant })
    for (const { id, digest, state } of waiting)
      if (state === 'open') await reviewer.proposals.approve.mutate({ tenant, id, digest })
  }

  it('is not taken without a signature, nor from nobody', async () => {
    await plugin('build', folder)
    const unsigned = await plugin('push', folder, ...home)
    expect(unsigned).toMatchObject({ code: 2, errors: expect.stringContaining('plugin keygen') })
    await plugin('keygen', join(folder, 'publisher-key.json'))
    await plugin('build', folder)
    const unknown = await plugin('push', folder, ...home)
    expect(unknown).toMatchObject({ code: 2, output: expect.stringContaining('"you"') })
    expect(unknown.output).toContain('nothing was stored')
  })

  it('is pushed, reviewed, installed and used, and pays', async () => {
    const { publicKey } = JSON.parse(readFileSync(join(folder, 'publisher-key.json'), 'utf8')) as { publicKey: string }
    const trusted = await packages('trust', 'you', '--public-key', publicKey)
    expect(trusted).toMatchObject({ code: 0, output: expect.stringContaining('run as guest') })
    const pushed = await plugin('push', folder, ...home)
    expect(pushed).toMatchObject({ code: 0, output: expect.stringContaining('tea-house 0.1.0 is at http') })
    const early = await packages('list', 'tea-house@0.1.0')
    expect(early).toMatchObject({ code: 2, errors: expect.stringContaining('verified does not become listed') })
    expect(await packages('review', 'tea-house@0.1.0')).toMatchObject({ code: 0 })
    expect(await packages('list', 'tea-house@0.1.0')).toMatchObject({ code: 0 })
    const { output } = await packages('catalogue', 'tea-house')
    expect(output).toMatch(/^tea-house@0\.1\.0 +listed +by you /)
    await applyTenant(sandbox.api, tenant, ({ bots }) => {
      const plugins = bots[0]?.['plugins'] as object[]
      plugins.push({
        use: 'tea-house',
        version: '^0.1',
        config: { price: '8.00' },
        grants: { pay: { perCall: '50.00' } },
      })
    })
    await approveAll()
    const phone = sandbox.phone('+8613800000001')
    await phone.say('来杯茶')
    await phone.tap(await phone.waitFor('要哪种茶'), '绿茶')
    await phone.tap(await phone.waitFor('¥8.00'), '确认')
    await phone.waitFor('验证码')
    await phone.say(await phone.code())
    await phone.waitFor('已付 ¥8.00')
  }, 60_000)

  it('is decided about by its full name, by a publisher with a key', async () => {
    const nameless = await packages('review', 'tea-house')
    expect(nameless).toMatchObject({ code: 2, errors: expect.stringContaining('tea-house@0.1.0') })
    expect(await packages('review', 'coffee@0.1.0')).toMatchObject({ code: 2 })
    expect(await packages('trust', 'you')).toMatchObject({ code: 2, errors: expect.stringContaining('--public-key') })
    expect(await packages('burn')).toMatchObject({ code: 2, errors: expect.stringContaining('revoke') })
  })

  const installations = (...given: string[]): Promise<Ended> =>
    runInthread(['installations', ...given, '--tenant', tenant, ...home])

  it('is paused, and brought to its next version', async () => {
    const listed = await installations('list')
    expect(listed.output).toMatch(/^rail +tea-house@0\.1\.0 +active$/m)
    expect(await installations('pause', 'tea-house')).toMatchObject({ output: 'tea-house 0.1.0 is paused.\n' })
    expect(await installations('resume', 'tea-house')).toMatchObject({ output: 'tea-house 0.1.0 is active.\n' })
    const same = await installations('upgrade', 'tea-house')
    expect(same).toMatchObject({ code: 2, output: expect.stringContaining('0.1.0 is what is installed') })
    const strange = await installations('verdict', 'coffee')
    expect(strange).toMatchObject({ code: 2, errors: expect.stringContaining('"coffee" is not installed here') })
    const contract = join(folder, 'contract.ts')
    const before = readFileSync(contract, 'utf8')
    writeFileSync(contract, before.replace("version: '0.1.0'", "version: '0.1.1'").replace('Black tea', 'Oolong'))
    await plugin('build', folder)
    await plugin('push', folder, ...home)
    await packages('review', 'tea-house@0.1.1')
    await packages('list', 'tea-house@0.1.1')
    const verdict = await installations('verdict', 'tea-house')
    expect(verdict).toMatchObject({ code: 0, output: expect.stringContaining('From 0.1.0 to 0.1.1: silent') })
    const upgraded = await installations('upgrade', 'tea-house')
    expect(upgraded).toMatchObject({ code: 0, output: expect.stringContaining('tea-house is 0.1.1 now.') })
    writeFileSync(contract, before)
  }, 60_000)

  it('is not pushed in another form under the same version', async () => {
    const contract = join(folder, 'contract.ts')
    writeFileSync(contract, readFileSync(contract, 'utf8').replace('Green tea', 'Sencha'))
    await plugin('build', folder)
    const again = await plugin('push', folder, ...home)
    expect(again.code).not.toBe(0)
    expect(`${again.output}${again.errors}`).toContain('0.1.0')
  })
})
