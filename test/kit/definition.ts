import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { AdminApi } from '@inthread/client'

const tenants = fileURLToPath(new URL('../../tenants', import.meta.url))

/** A tenant definition as a plain object that a test may change before it is applied. */
export interface Definition {
  tenant: Record<string, unknown>
  bots: Record<string, unknown>[]
  operators: Record<string, unknown>[]
  banks: Record<string, unknown>[]
  data: { plugin: string; collection: string; file: string }[]
}

export function readDefinition(name: string): { definition: Definition; files: Record<string, string> } {
  const folder = join(tenants, name)
  const definition = JSON.parse(readFileSync(join(folder, 'tenant.json'), 'utf8')) as Definition
  const files = Object.fromEntries(definition.data.map(({ file }) => [file, readFileSync(join(folder, file), 'utf8')]))
  // The logo is a file beside the definition; the command makes a data URL of it, and here nobody looks at it.
  for (const bot of definition.bots) bot['logo'] = 'data:image/svg+xml;base64,PHN2Zy8+'
  return { definition, files }
}

/** Applies a sample tenant, changed if need be; problems are a failure. */
export async function applyTenant(
  api: AdminApi,
  name: string,
  change: (definition: Definition) => void = () => undefined,
): Promise<void> {
  const { definition, files } = readDefinition(name)
  change(definition)
  const result = await api.tenants.apply.mutate({ definition, files })
  if (result.problems.length > 0) throw new Error(JSON.stringify(result.problems))
}
