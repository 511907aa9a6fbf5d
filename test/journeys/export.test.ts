import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSqliteDatabase, type TestDatabase } from '../kit/databases.ts'
import { runInthread, type Ended } from '../kit/outside/command.ts'
import { openSandbox, type Sandbox } from '../kit/sandbox.ts'

const samples = fileURLToPath(new URL('../../tenants', import.meta.url))
const tenants = readdirSync(samples)

describe('a tenant in a folder', () => {
  let database: TestDatabase
  let sandbox: Sandbox
  let folder: string
  beforeAll(async () => {
    database = await createSqliteDatabase()
    sandbox = await openSandbox({ database })
    folder = mkdtempSync(join(tmpdir(), 'inthread-export-'))
  })
  afterAll(async () => {
    rmSync(folder, { recursive: true })
    await sandbox.stop()
    await database.drop()
  })

  const run = (...given: readonly string[]): Promise<Ended> => {
    const { home, url, adminKey } = sandbox.house
    return runInthread([...given, '--home', home.folder, '--url', url, '--key', adminKey])
  }

  it.each(tenants)(
    'is %s again',
    async (tenant) => {
      const place = join(folder, tenant)
      expect(await run('apply', join(samples, tenant))).toMatchObject({ code: 0, errors: '' })
      const exported = await run('export', tenant, place)
      expect(exported).toMatchObject({ code: 0, errors: '' })
      expect(readdirSync(place).toSorted()).toEqual(readdirSync(join(samples, tenant)).toSorted())
      const text = readFileSync(join(place, 'tenant.json'), 'utf8')
      const original = readFileSync(join(samples, tenant, 'tenant.json'), 'utf8')
      const secrets = [...original.matchAll(/"plain:([^"]+)"/g)].map(([, plain = '']) => plain)
      expect(secrets.length).toBeGreaterThan(0)
      for (const secret of [...secrets, 'sealed:', 'plain:']) expect(text).not.toContain(secret)
      expect(exported.output.match(/^kept here /gm)).toHaveLength(secrets.length)
      const epoch = (await sandbox.api.tenants.get.query({ tenant })).epoch
      const dry = await run('apply', place, '--dry-run')
      expect([dry.code, dry.output]).toEqual([0, 'Dry run: nothing was changed.\n'])
      const applied = await run('apply', place)
      expect([applied.code, applied.output]).toEqual([0, 'Nothing to change.\n'])
      expect((await sandbox.api.tenants.get.query({ tenant })).epoch).toBe(epoch)
    },
    120_000,
  )

  it('is there with what it words itself', async () => {
    const [tenant, place] = ['riverside-school', join(folder, 'worded')]
    const text = { tenant, plugin: 'school', text: 'feeCard', locale: 'zh-CN' }
    await sandbox.api.templates.put.mutate({ ...text, source: '{{name}}：{{amount}}，谢谢', version: 0 })
    expect(await run('export', tenant, place)).toMatchObject({ code: 0, errors: '' })
    expect((await run('apply', place, '--dry-run')).output).toBe('Dry run: nothing was changed.\n')
    const file = join(place, 'words.json')
    writeFileSync(file, readFileSync(file, 'utf8').replace('谢谢', '多谢'))
    const line = 'update text school/feeCard/zh-CN  words.json\n'
    expect((await run('apply', place, '--dry-run')).output).toBe(`${line}Dry run: nothing was changed.\n`)
    expect((await run('apply', place)).output).toBe(`${line}Applied.\n`)
    expect((await run('apply', place)).output).toBe('Nothing to change.\n')
    writeFileSync(file, '{"texts":[],"intents":[]}')
    expect((await run('apply', place)).output).toBe('remove text school/feeCard/zh-CN  words.json\nApplied.\n')
    expect((await sandbox.api.tenants.export.query({ tenant })).words).toEqual({ texts: [], intents: [] })
    writeFileSync(file, '[]')
    expect(await run('apply', place)).toMatchObject({ code: 2, errors: expect.stringContaining('words.json is not') })
  }, 120_000)

  it('is changed in what was changed in the folder, and keeps its secrets', async () => {
    const place = join(folder, 'northern-rail')
    const file = join(place, 'tenant.json')
    writeFileSync(file, readFileSync(file, 'utf8').replace('"locale": "zh-CN"', '"locale": "en"'))
    const trains = join(place, 'trains.csv')
    const [head = '', ...lines] = readFileSync(trains, 'utf8').trimEnd().split('\n')
    writeFileSync(trains, [head, ...lines.slice(1)].join('\n'))
    const dry = await run('apply', place, '--dry-run')
    expect(dry.output).toMatch(
      /^update tenant northern-rail .+\n +locale: from "zh-CN" to "en"\nupdate collection travel\.trains .+\nDry run/,
    )
    expect(await run('apply', place)).toMatchObject({ code: 0 })
    expect(await (await fetch(`${sandbox.house.url}/readyz`)).json()).toEqual({ ok: true, missing: [] })
    await sandbox.restart()
    expect(await (await fetch(`${sandbox.house.url}/readyz`)).json()).toEqual({ ok: true, missing: [] })
    expect((await run('apply', place)).output).toBe('Nothing to change.\n')
  }, 120_000)

  it('says which secrets another platform has to be given', async () => {
    const file = join(folder, 'northern-rail', 'tenant.json')
    const definition = readFileSync(file, 'utf8').replace('"id": "northern-rail"', '"id": "southern-rail"')
    const elsewhere = mkdtempSync(join(folder, 'elsewhere-'))
    for (const name of readdirSync(join(folder, 'northern-rail')))
      writeFileSync(join(elsewhere, name), readFileSync(join(folder, 'northern-rail', name)))
    writeFileSync(join(elsewhere, 'tenant.json'), definition)
    const ended = await run('apply', elsewhere)
    expect(ended.code).toBe(2)
    expect(ended.output).toMatch(
      /^\$\.banks\[0\]\.signingKey: no secret is kept here: write env:NORTHERN_RAIL_MAIN_SIGNING_KEY/m,
    )
  }, 120_000)

  it('is written where nothing is lost by it', async () => {
    expect(await run('export', 'northern-rail', samples)).toMatchObject({
      code: 2,
      errors: expect.stringContaining('is not empty'),
    })
    expect(await run('export', 'nobody', join(folder, 'nobody'))).toMatchObject({
      code: 2,
      errors: expect.stringContaining('no such tenant'),
    })
  }, 120_000)
})
