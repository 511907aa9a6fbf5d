import { z } from 'zod'
import { askPublications, listPublications } from '@inthread/messaging'
import { appendAudit, openScope } from '@inthread/store'
import type { TenantDefinition } from '../../definition/schema.ts'
import type { AdminPorts } from '../../ports.ts'
import { changeMenu, versionOf } from '../../tenants/change-menu.ts'
import { findTenant } from '../../tenants/tenant.store.ts'
import { conflict, notFound, procedure, router } from '../procedure.ts'
import { sayRefusal as say } from '../../saying/say-refusal.ts'
import { wireProblem } from '../../saying/wire-said.ts'

const ofBot = { tenant: z.string().max(60), bot: z.string().max(60) }

const publication = z.object({
  operator: z.string(),
  /** `new` is on its way, `failed` was refused by the operator. */
  state: z.enum(['new', 'done', 'failed']),
  attempts: z.number(),
  reason: z.string().nullable(),
})

const label = z.record(z.string(), z.string())
const leaf = z.object({
  label,
  plugin: z.string().optional(),
  intent: z.string().optional(),
  word: z.string().optional(),
})

const menu = z.object({
  menu: z.array(leaf.extend({ entries: z.array(leaf).optional() })),
  /** Sent back with a change of it. */
  version: z.string(),
  publications: z.array(publication),
})

/** The fixed menu of a bot, below the thread. */
export const menusRouter = router({
  get: procedure('menu.read')
    .input(z.strictObject(ofBot))
    .output(menu)
    .query(({ ctx: { ports }, input }) => read(input, ports)),

  /**
   * Puts another menu in force and has it published. Problems are an answer, each with its place, and then nothing is
   * changed.
   */
  put: procedure('menu.write')
    .input(z.strictObject({ ...ofBot, menu: z.array(z.unknown()).max(20), version: z.string().max(64) }))
    .output(z.object({ problems: z.array(wireProblem), version: z.string() }))
    .mutation(async ({ ctx: { ports, actor }, input }) => {
      const changed = await changeMenu({ ...input, actor }, ports)
      if (changed.kind === 'unknown') throw notFound('bot')
      if (changed.kind === 'changed') throw conflict(say('menu.changed'))
      if (changed.kind === 'problems') return { problems: [...changed.problems], version: input.version }
      return { problems: [], version: changed.version }
    }),

  /** Publishes the menu in force once more: after an operator has refused it, or lost it. */
  publish: procedure('menu.write')
    .input(z.strictObject(ofBot))
    .output(menu)
    .mutation(async ({ ctx: { ports, actor }, input }) => {
      const scope = openScope(input.tenant)
      const { operators } = await find(input, ports)
      const now = ports.clock.now()
      await ports.store.write('menu.publish', async (tx) => {
        await askPublications(tx, scope, operators)
        const record = { scope, actor, action: 'menu.published', object: { kind: 'bot', id: input.bot } }
        await appendAudit(tx, [record], { ids: ports.ids, now })
      })
      return read(input, ports)
    }),
})

interface BotName {
  readonly tenant: string
  readonly bot: string
}

async function find({ tenant, bot }: BotName, { store }: AdminPorts) {
  const row = await store.read('menu.tenant', (reader) => findTenant(reader, tenant))
  const definition = row && (JSON.parse(row.definition) as TenantDefinition)
  const found = definition?.bots.find(({ id }) => id === bot)
  if (!definition || !found) throw notFound('bot')
  const operators = definition.operators.filter((operator) => operator.bot === bot).map(({ id }) => id)
  return { menu: found.menu, operators }
}

async function read(name: BotName, ports: AdminPorts): Promise<z.infer<typeof menu>> {
  const found = await find(name, ports)
  const scope = openScope(name.tenant)
  const all = await ports.store.read('menu.publications', (reader) => listPublications(reader, scope))
  return {
    menu: found.menu.map(copyEntry),
    version: versionOf(found.menu),
    publications: all.filter(({ operator }) => found.operators.includes(operator)),
  }
}

type Entry = z.infer<typeof menu>['menu'][number]
type Leaf = z.infer<typeof leaf>

function copyEntry(entry: Entry): Entry {
  const { entries, ...rest } = entry
  return { ...copyLeaf(rest), ...(entries ? { entries: entries.map(copyLeaf) } : {}) }
}

function copyLeaf({ label: labels, ...rest }: Leaf): Leaf {
  return { ...rest, label: { ...labels } }
}
