import { createHash } from 'node:crypto'
import { canonicalJson } from '@inthread/sdk/json'
import type { Plugin } from '@inthread/sdk/engine'
import { appendAudit, openScope, type Actor } from '@inthread/store'
import { listMenuProblems } from '../definition/check.ts'
import { listIssues, type Problem } from '../definition/problem.ts'
import { menuSchema, type BotDefinition, type TenantDefinition } from '../definition/schema.ts'
import type { AdminPorts } from '../ports.ts'
import { listScenes } from '../wordings/find-scene.ts'
import { lockTenant, saveTenant } from './tenant.store.ts'

export interface MenuChange {
  readonly tenant: string
  readonly bot: string
  readonly menu: unknown
  /** Of the menu that was read. */
  readonly version: string
  readonly actor: Actor
}

export type MenuChanged =
  | { readonly kind: 'done'; readonly version: string }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'changed' }

/** What a menu is known by: another menu has another one. */
export function versionOf(menu: BotDefinition['menu']): string {
  return createHash('sha256').update(canonicalJson(menu)).digest('hex').slice(0, 24)
}

/** Puts a menu in the definition, as if it had been applied with it: it is in force at once, and published. */
export async function changeMenu(change: MenuChange, ports: AdminPorts): Promise<MenuChanged> {
  const { tenant, bot, actor } = change
  const parsed = menuSchema.safeParse(change.menu)
  if (!parsed.success) return { kind: 'problems', problems: listIssues(parsed.error, 'menu') }
  const problems = await listProblems(change, parsed.data, ports)
  if (problems.length > 0) return { kind: 'problems', problems }
  const now = ports.clock.now()
  const done = await ports.store.write('menu.put', async (tx): Promise<MenuChanged> => {
    const row = await lockTenant(tx, tenant)
    const definition = row && (JSON.parse(row.definition) as TenantDefinition)
    const known = definition?.bots.find(({ id }) => id === bot)
    if (!row || !definition || !known) return { kind: 'unknown' }
    if (versionOf(known.menu) !== change.version) return { kind: 'changed' }
    const version = versionOf(parsed.data)
    if (version === change.version) return { kind: 'done', version }
    const bots = definition.bots.map((each) => (each === known ? { ...each, menu: parsed.data } : each))
    // An apply of the file puts back what it says: what is in force is no longer what it was digested from.
    const digest = `menu of ${bot} ${version}`
    await saveTenant(tx, { ...row, definition: canonicalJson({ ...definition, bots }), digest, updated_at: now })
    const record = { scope: openScope(tenant), actor, action: 'menu.put', object: { kind: 'bot', id: bot } }
    await appendAudit(tx, [{ ...record, data: { version } }], { ids: ports.ids, now })
    return { kind: 'done', version }
  })
  if (done.kind === 'done') await ports.epochs.follow(tenant)
  return done
}

async function listProblems(
  { tenant, bot }: MenuChange,
  menu: BotDefinition['menu'],
  ports: AdminPorts,
): Promise<Problem[]> {
  const scenes = (await listScenes(tenant, ports)).filter((scene) => scene.bot === bot)
  const plugins = new Map<string, Plugin>(scenes.map(({ plugin }) => [plugin.contract.declaration.id, plugin]))
  return listMenuProblems(menu, ['menu'], plugins)
}
