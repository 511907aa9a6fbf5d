import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { digestPackage, lifecycleMigrations } from '@inthread/admin'
import { storeMigrations } from '@inthread/store'
import { createSqliteDatabase, type TestDatabase } from '../../../../test/kit/databases.ts'
import { openGround, type Ground } from '../../../../test/kit/ground.ts'
import { createCatalogue } from './catalogue.ts'
import { findDiskPackages } from './disk-packages.ts'
import { PackageCache } from './package-cache.ts'
import { PackageHouse } from './package-house.ts'

const folder = mkdtempSync(join(tmpdir(), 'inthread-plugins-'))
const loadedMark = join(folder, 'loaded')

/** A plugin that leaves a file behind when it is imported. */
function writePlugin(id: string): void {
  const home = join(folder, 'plugins', id)
  mkdirSync(home, { recursive: true })
  const file = {
    name: id,
    version: '1.0.0',
    type: 'module',
    inthread: { plugin: true },
    exports: { '.': './plugin.js' },
  }
  writeFileSync(join(home, 'package.json'), JSON.stringify(file))
  writeFileSync(
    join(home, 'plugin.js'),
    `import { writeFileSync } from 'node:fs'
     writeFileSync(${JSON.stringify(loadedMark)}, 'yes')
     export default 'not a plugin'`,
  )
}

describe('the plugins of a process', () => {
  let database: TestDatabase
  let ground: Ground
  let house: PackageHouse

  beforeAll(async () => {
    writePlugin('quiet')
    database = await createSqliteDatabase()
    ground = await openGround(database, { migrations: [...storeMigrations, ...lifecycleMigrations] })
    house = new PackageHouse({
      ...ground,
      disk: findDiskPackages(join(folder, 'plugins')),
      cache: new PackageCache(join(folder, 'cache')),
      own: [],
      guests: new Set(),
      openGuest: undefined,
    })
    await house.register()
  })

  afterAll(async () => {
    await ground.close()
    await database.drop()
    rmSync(folder, { recursive: true })
  })

  it('are listed from their package files, and none is loaded before somebody enables it', async () => {
    expect(await house.list()).toMatchObject([
      { id: 'quiet', version: '1.0.0', state: 'listed', publisher: 'inthread' },
    ])
    const catalogue = createCatalogue(house)
    expect(catalogue.listNames('plugin')).toEqual(['quiet'])
    expect(await catalogue.listProviders([])).toEqual([])
    expect([house.loaded(), isLoaded()]).toEqual([[], false])
    await expect(catalogue.findPlugin('quiet')).rejects.toMatchObject({ code: 'plugin.broken' })
    expect(isLoaded()).toBe(true)
  })
})

function isLoaded(): boolean {
  try {
    return readFileSync(loadedMark, 'utf8') === 'yes'
  } catch {
    return false
  }
}

describe('the cache of packages', () => {
  const cache = new PackageCache(join(folder, 'measured'))
  const code = { manifest: '{}', bundle: 'globalThis.plugin = 1' }
  const digest = digestPackage(code)

  it('keeps code under its digest, and refuses code that is something else', () => {
    cache.keep({ digest, ...code })
    expect(cache.find(digest)).toEqual({ digest, ...code })
    expect(() => cache.keep({ digest, ...code, bundle: 'globalThis.plugin = 2' })).toThrow(
      'is not what its digest says',
    )
  })

  it('does not run a file that somebody has changed', () => {
    writeFileSync(cache.pathOf(digest), 'steal()')
    expect(cache.find(digest)).toBeUndefined()
    expect(cache.find('0'.repeat(64))).toBeUndefined()
  })
})
