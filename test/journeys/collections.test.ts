import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runInthread } from '../kit/outside/command.ts'
import { describeOnEachDatabase } from '../kit/requirements.ts'
import { openSandbox, type Sandbox } from '../kit/sandbox.ts'

const place = { tenant: 'northern-rail', plugin: 'travel', collection: 'trains' }

describeOnEachDatabase('data of a plugin', (open) => {
  let sandbox: Sandbox
  const folder = mkdtempSync(join(tmpdir(), 'inthread-data-'))
  beforeAll(async () => {
    sandbox = await openSandbox({ database: await open() })
  })
  afterAll(async () => {
    await sandbox.stop()
    rmSync(folder, { recursive: true })
  })

  const run = async (...given: readonly string[]): Promise<[number | null, string]> => {
    const { url, adminKey } = sandbox.house
    const whole = ['collections', ...given, '--url', url, '--key', adminKey, '--tenant', place.tenant]
    const { code, output, errors } = await runInthread(whole)
    return [code, `${output}${errors}`]
  }
  const bring = (file: string, ...flags: readonly string[]): Promise<[number | null, string]> =>
    run('import', 'travel.trains', file, ...flags)
  const take = (file: string): Promise<[number | null, string]> => run('export', 'travel.trains', file)
  const count = async (): Promise<number | undefined> => {
    const collections = await sandbox.api.collections.list.query({ tenant: place.tenant })
    return collections.find(({ collection }) => collection === place.collection)?.documents
  }

  it('goes out as a table and a list, and comes in again as it was', async () => {
    const before = await count()
    for (const name of ['trains.csv', 'trains.json']) {
      const file = join(folder, name)
      expect(await take(file)).toEqual([0, `Wrote ${before} documents to ${file}.\n`])
      const first = readFileSync(file, 'utf8')
      expect((await bring(file, '--replace'))[1]).toContain(`${before} lines: ${before} good, 0 bad. Imported.`)
      await take(file)
      expect(readFileSync(file, 'utf8')).toBe(first)
    }
    expect(await count()).toBe(before)
  })

  it('is not changed by a dry run, nor by a file with a bad line', async () => {
    const file = join(folder, 'some.csv')
    await take(file)
    const [head = '', ...lines] = readFileSync(file, 'utf8').trim().split('\r\n')
    const before = await count()
    const fresh = (lines[0] ?? '').replace(/^[^,]*/, 'G9901')
    writeFileSync(file, [head, fresh].join('\n'))
    expect((await bring(file, '--dry-run'))[1]).toContain('Dry run: nothing was changed.')
    writeFileSync(file, [head, fresh, 'G9902,oops'].join('\n'))
    const [exit, said] = await bring(file)
    expect(exit).toBe(2)
    expect(said).toMatch(/^line 3: it has another number of fields/)
    expect(said).toContain('2 lines: 1 good, 1 bad. Nothing was changed.')
    expect(await count()).toBe(before)
    expect((await bring(file, '--skip-bad'))[1]).toContain('1 good, 1 bad. Imported.')
    expect(await count()).toBe((before ?? 0) + 1)
  })

  it('is named by a plugin that is installed, and public', async () => {
    const wrong = sandbox.api.collections.get.query({ ...place, collection: 'chairs' })
    await expect(wrong).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const page = await sandbox.api.collections.get.query({ ...place, limit: 2 })
    expect(page.documents).toHaveLength(2)
    expect(page.next).not.toBeNull()
  })

  it('comes in by fifty thousand lines, all or nothing', async () => {
    const file = join(folder, 'many.csv')
    await take(file)
    const [head = '', line = ''] = readFileSync(file, 'utf8').split('\r\n')
    const lines = Array.from({ length: 50_000 }, (_, index) =>
      line.replace(/^[^,]*/, `${'GDCKTZ'[index % 6]}${Math.floor(index / 6) + 1}`),
    )
    writeFileSync(file, [head, ...lines].join('\n'))
    expect((await bring(file, '--replace'))[1]).toContain('50000 good, 0 bad. Imported.')
    expect(await count()).toBe(50_000)
  }, 120_000)
})
