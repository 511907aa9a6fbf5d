import { cp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { TestDatabase } from '../../kit/databases.ts'
import { openSandbox, type Sandbox, type SandboxOptions } from '../../kit/sandbox.ts'
import { copyTables } from './copy-tables.ts'
import { listStuck, readRows, type HouseRows } from './rows.store.ts'

/** A house that is migrated, knows its tenant and has done everything a new house does, to be copied for each story. */
export interface Template {
  readonly kind: TestDatabase['kind']
  /** Makes the database's folder hold the same home and the same street; nothing may be open on it. */
  restore(database: TestDatabase): Promise<void>
}

const patienceMs = 15_000

export interface TemplateOptions extends Omit<SandboxOptions, 'database'> {
  /** What has happened there before any story begins. */
  readonly before?: (sandbox: Sandbox) => Promise<void>
}

export async function makeTemplate(original: TestDatabase, options: TemplateOptions = {}): Promise<Template> {
  const { before, ...sandboxOptions } = options
  const sandbox = await openSandbox({ database: original, ...sandboxOptions })
  await before?.(sandbox)
  const giveUpAtMs = performance.now() + patienceMs
  while (!isSettled(await readRows(sandbox.house.store))) {
    if (performance.now() > giveUpAtMs) throw new Error('the new house did not come to rest')
    await pause(20)
  }
  await sandbox.stop()
  return { kind: original.kind, restore: (database) => restore(original, database) }
}

/** The menu is out, the bank has said its name, and nothing waits. */
function isSettled(rows: HouseRows): boolean {
  const { publication, setting } = rows
  const published = publication.length > 0 && publication.every((row) => row.state === 'done')
  return published && setting.some((row) => row.name.startsWith('bank.name:')) && listStuck(rows).length === 0
}

async function restore(original: TestDatabase, database: TestDatabase): Promise<void> {
  for (const part of ['home', 'street']) {
    await rm(join(database.folder, part), { recursive: true, force: true })
    await cp(join(original.folder, part), join(database.folder, part), { recursive: true })
  }
  if (original.kind === 'mysql') await copyTables(original.url, database.url)
}
