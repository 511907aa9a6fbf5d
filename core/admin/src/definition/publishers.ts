import { isOfTenant, type Access } from '../access/access.ts'
import { pathOf, type Problem } from './problem.ts'
import type { TenantDefinition } from './schema.ts'
import { sayDefinition as say } from '../saying/say-definition.ts'

/** Who may speak for a bank is never decided with a tenant's key: it may take a publisher off, and put none on. */
export function listPublisherProblems(
  before: Pick<TenantDefinition, 'banks'> | undefined,
  { banks }: Pick<TenantDefinition, 'banks'>,
  access: Access,
): readonly Problem[] {
  if (!isOfTenant(access)) return []
  return banks.flatMap(({ id, publishers = [] }, bank) => {
    const known = before?.banks.find((each) => each.id === id)?.publishers ?? []
    return publishers.flatMap((key, index) =>
      known.includes(key)
        ? []
        : [
            {
              path: pathOf('banks', bank, 'publishers', index),
              ...say('definition.publisher'),
            },
          ],
    )
  })
}
