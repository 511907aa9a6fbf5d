import { cp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestDatabase } from '../../kit/databases.ts'
import { openSandbox, type Sandbox, type SandboxOptions } from '../../kit/sandbox.ts'
import { comeToRest } from '../paths/come-to-rest.ts'
import { copyTables } from './copy-tables.ts'
import { listStuck, type HouseRows } from './rows.store.ts'

/** A house that is migrated, knows its tenant and has done everything a new house does, to be copied for each story. */
export interface Template {
  readonly kind: TestDatabase['kind']
  /** Makes the database's folder hold the same home and the same street; nothing may be open on it. */
  restore(database: TestDatabase): Promise<void>
}

export interface TemplateOptions extends Omit<SandboxOptions, 'database'> {
  /** What has happened there before any story begins. */
  readonly before?: (sandbox: Sandbox) => Promise<void>
}

export async function makeTemplate(original: TestDatabase, options: TemplateOptions = {}): Promise<Template> {
  const { before, ...sandboxOptions } = options
  const sandbox = await openSandbox({ database: original, ...sandboxOptions })
  try {
    await before?.(sandbox)
    await comeToRest(sandbox.house.store, listUnsettled)
  } finally {
    await sandbox.stop()
  }
  return { kind: original.kind, restore: (database) => restore(original, database) }
}

/** Nothing, when the menu is out, the bank has said its name, and nothing waits. */
function listUnsettled(rows: HouseRows): readonly string[] {
  const { publication, setting } = rows
  const published = publication.length > 0 && publication.every((row) => row.state === 'done')
  const named = setting.some((row) => row.name.startsWith('bank.name:'))
  return [
    ...(published ? [] : ['the menu is not out']),
    ...(named ? [] : ['the bank has not said its name']),
    ...listStuck(rows),
  ]
}

async function restore(original: TestDatabase, database: TestDatabase): Promise<void> {
  for (const part of ['home', 'street']) {
    await rm(join(database.folder, part), { recursive: true, force: true })
    await cp(join(original.folder, part), join(database.folder, part), { recursive: true })
  }
  if (original.kind === 'mysql') await copyTables(original.url, database.url)
}
