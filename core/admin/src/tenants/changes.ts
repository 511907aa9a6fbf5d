import { canonicalJson } from '@inthread/sdk/json'
import { pathOf } from '../definition/problem.ts'
import type { TenantDefinition } from '../definition/schema.ts'
import { listDifferences, type Difference } from './list-differences.ts'
import { defineSentences, type Said } from '@inthread/sdk/fault'

const say = defineSentences({
  'plan.tenant': 'tenant {id}',
  'plan.bot': 'bot {id}',
  'plan.operator': 'operator account {id}',
  'plan.bank': 'bank connection {id}',
  'plan.data': 'collection {collection} from {file}',
})

/** One line of a plan: what an apply does, and where in the definition it stands. */
export interface Change {
  readonly action: 'create' | 'update' | 'remove'
  readonly path: string
  /** What is changed, as a sentence has it: `bot school`. */
  readonly what: Said
  /** Of an update, what changes from what to what; secrets are never told. */
  readonly details?: readonly Difference[]
}

const sections = ['bots', 'operators', 'banks'] as const

export interface Compared {
  /** The definitions are the same to the last secret. */
  readonly same: boolean
  /** Places in `data` whose file says something else than what is there. */
  readonly data: ReadonlySet<number>
}

/** What distinguishes a definition from the one that is there. Of a secret only that it is another one. */
export function listChanges(
  before: TenantDefinition | undefined,
  after: TenantDefinition,
  { same, data }: Compared,
): readonly Change[] {
  if (!before)
    return [
      { action: 'create', path: '$', what: say('plan.tenant', { id: after.tenant.id }) },
      ...listSections(undefined, after),
      ...listData(after, data),
    ]
  const tenant =
    canonicalJson(before.tenant) === canonicalJson(after.tenant)
      ? []
      : [
          {
            ...change('update', ['tenant'], say('plan.tenant', { id: after.tenant.id })),
            details: listDifferences(before.tenant, after.tenant),
          },
        ]
  const changes = [...tenant, ...listSections(before, after), ...listData(after, data)]
  return changes.length > 0 || same ? changes : [change('update', [], say('plan.tenant', { id: after.tenant.id }))]
}

function listSections(before: TenantDefinition | undefined, after: TenantDefinition): Change[] {
  return sections.flatMap((section) => {
    const old = new Map((before?.[section] ?? []).map((item) => [item.id, item]))
    const changed = after[section].flatMap((item, index) => {
      const known = old.get(item.id)
      old.delete(item.id)
      if (!known) return [change('create', [section, index], say(singular[section], { id: item.id }))]
      return canonicalJson(withoutSecrets(known)) === canonicalJson(withoutSecrets(item))
        ? []
        : [
            {
              ...change('update', [section, index], say(singular[section], { id: item.id })),
              details: listDifferences(withoutSecrets(known), withoutSecrets(item)),
            },
          ]
    })
    return [...changed, ...[...old.keys()].map((id) => change('remove', [section], say(singular[section], { id })))]
  })
}

function listData(after: TenantDefinition, changed: ReadonlySet<number>): Change[] {
  return after.data.flatMap((entry, index) =>
    changed.has(index)
      ? [
          change(
            'update',
            ['data', index],
            say('plan.data', { collection: `${entry.plugin}.${entry.collection}`, file: entry.file }),
          ),
        ]
      : [],
  )
}

const singular = { bots: 'plan.bot', operators: 'plan.operator', banks: 'plan.bank' } as const

function change(action: Change['action'], at: readonly PropertyKey[], what: Said): Change {
  return { action, path: pathOf(...at), what }
}

function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets)
  if (typeof value !== 'object' || value === null) return value
  if ('secret' in value) return { secret: '' }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutSecrets(item)]))
}
