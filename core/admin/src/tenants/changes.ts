import { canonicalJson } from '@inthread/sdk/json'
import { pathOf } from '../definition/problem.ts'
import type { TenantDefinition } from '../definition/schema.ts'
import { listDifferences } from './list-differences.ts'

/** One line of a plan: what an apply does, and where in the definition it stands. */
export interface Change {
  readonly action: 'create' | 'update' | 'remove'
  readonly path: string
  readonly what: string
  /** Of an update, what changes from what to what; secrets are never told. */
  readonly details?: readonly string[]
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
      { action: 'create', path: '$', what: `tenant ${after.tenant.id}` },
      ...listSections(undefined, after),
      ...listData(after, data),
    ]
  const tenant =
    canonicalJson(before.tenant) === canonicalJson(after.tenant)
      ? []
      : [
          {
            ...change('update', ['tenant'], `tenant ${after.tenant.id}`),
            details: listDifferences(before.tenant, after.tenant),
          },
        ]
  const changes = [...tenant, ...listSections(before, after), ...listData(after, data)]
  return changes.length > 0 || same ? changes : [change('update', [], `tenant ${after.tenant.id}`)]
}

function listSections(before: TenantDefinition | undefined, after: TenantDefinition): Change[] {
  return sections.flatMap((section) => {
    const old = new Map((before?.[section] ?? []).map((item) => [item.id, item]))
    const changed = after[section].flatMap((item, index) => {
      const known = old.get(item.id)
      old.delete(item.id)
      if (!known) return [change('create', [section, index], `${singular[section]} ${item.id}`)]
      return canonicalJson(withoutSecrets(known)) === canonicalJson(withoutSecrets(item))
        ? []
        : [
            {
              ...change('update', [section, index], `${singular[section]} ${item.id}`),
              details: listDifferences(withoutSecrets(known), withoutSecrets(item)),
            },
          ]
    })
    return [...changed, ...[...old.keys()].map((id) => change('remove', [section], `${singular[section]} ${id}`))]
  })
}

function listData(after: TenantDefinition, changed: ReadonlySet<number>): Change[] {
  return after.data.flatMap((entry, index) =>
    changed.has(index)
      ? [change('update', ['data', index], `collection ${entry.plugin}.${entry.collection} from ${entry.file}`)]
      : [],
  )
}

const singular = { bots: 'bot', operators: 'operator account', banks: 'bank connection' } as const

function change(action: Change['action'], at: readonly PropertyKey[], what: string): Change {
  return { action, path: pathOf(...at), what }
}

function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets)
  if (typeof value !== 'object' || value === null) return value
  if ('secret' in value) return { secret: '' }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutSecrets(item)]))
}
