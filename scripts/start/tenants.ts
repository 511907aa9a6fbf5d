import { spawnSync } from 'node:child_process'
import { readdirSync, existsSync } from 'node:fs'
import { join } from 'node:path'

/** Brings every sample tenant in through the same command that anybody else uses. */
export async function applyTenants(
  root: string,
  environment: Readonly<Record<string, string>>,
): Promise<string | undefined> {
  const folder = join(root, 'tenants')
  for (const name of readdirSync(folder)) {
    if (!existsSync(join(folder, name, 'tenant.json'))) continue
    const applied = spawnSync(process.execPath, ['core/cli/src/main.ts', 'apply', join(folder, name)], {
      cwd: root,
      env: environment,
      encoding: 'utf8',
    })
    if (applied.status !== 0) return `The sample tenant ${name} was not taken:\n${applied.stdout}${applied.stderr}`
  }
  return undefined
}
