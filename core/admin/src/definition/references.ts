import { isOfTenant, type Access } from '../access/access.ts'
import { pathOf, type Problem } from './problem.ts'
import { sayDefinition as say } from '../saying/say-definition.ts'

/**
 * Everything that the platform's environment and files hold can be named as a secret, its own keys too, and a secret
 * is sent to where the definition says. So a tenant's own people keep the references that are in force, and name none
 * more: looked at before anything is read, as it would tell what there is.
 */
export function listReferenceProblems(before: unknown, definition: unknown, access: Access): readonly Problem[] {
  if (!isOfTenant(access)) return []
  const known = new Set(listReferences(before).map(({ reference }) => reference))
  return listReferences(definition)
    .filter(({ reference }) => !known.has(reference))
    .map(({ path }) => ({
      path: pathOf(...path),
      ...say('definition.reference'),
    }))
}

interface Reference {
  readonly reference: string
  readonly path: readonly PropertyKey[]
}

/** Deeper than this nothing is read as a secret either. */
const deepest = 40

function listReferences(value: unknown, path: readonly PropertyKey[] = []): readonly Reference[] {
  if (typeof value !== 'object' || value === null || path.length > deepest) return []
  if (Array.isArray(value)) return value.flatMap((item, index) => listReferences(item, [...path, index]))
  const { secret } = value as { readonly secret?: unknown }
  if (typeof secret === 'string' && /^(env|file):/.test(secret)) return [{ reference: secret, path }]
  return Object.entries(value).flatMap(([key, item]) => listReferences(item, [...path, key]))
}
