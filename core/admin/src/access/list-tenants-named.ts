/**
 * Whom a call is about, before anything of it is checked: as `tenant`, and in a `definition`.
 * A name that cannot be read is the empty one, which is nobody's.
 */
export function listTenantsNamed(input: unknown): readonly string[] {
  if (typeof input !== 'object' || input === null) return []
  return [...readTenant(input), ...('definition' in input ? readDefinition(input.definition) : [])]
}

/** A definition without a readable tenant is refused with its problems by whoever may apply any. */
function readDefinition(definition: unknown): readonly string[] {
  if (definition === undefined) return []
  const named = typeof definition === 'object' && definition !== null ? readTenant(definition) : []
  return named.length === 0 ? [''] : named
}

function readTenant(input: object): readonly string[] {
  if (!('tenant' in input) || input.tenant === undefined) return []
  if (typeof input.tenant === 'string') return [input.tenant]
  const { tenant } = input
  const named = typeof tenant === 'object' && tenant !== null && 'id' in tenant
  return [named && typeof tenant.id === 'string' ? tenant.id : '']
}
