import { Fault } from '../fault.ts'
import { manifestSchema, type Manifest } from './manifest-schema.ts'

const bytesAtMost = 1_000_000
const depthAtMost = 40

/**
 * Reads the text of a manifest. Throws the fault `plugin.broken`, which says what is wrong and where, for anything that
 * is no manifest: other JSON, a newer version, more than a megabyte, deeper than 40 levels.
 */
export function parseManifest(text: string): Manifest {
  const read = readManifest(text)
  if ('problem' in read)
    throw new Fault('plugin.broken', { data: { plugin: 'manifest.json', problems: [read.problem] } })
  return read.manifest
}

function readManifest(text: string): { readonly manifest: Manifest } | { readonly problem: string } {
  if (text.length > bytesAtMost) return { problem: `a manifest has at most ${bytesAtMost} characters` }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { problem: 'it is not JSON' }
  }
  if (depthOf(value) > depthAtMost) return { problem: `a manifest is at most ${depthAtMost} levels deep` }
  const parsed = manifestSchema.safeParse(value)
  if (parsed.success) return { manifest: parsed.data }
  const [issue] = parsed.error.issues
  return { problem: `$.${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? 'it is no manifest'}` }
}

function depthOf(value: unknown): number {
  let depth = 0
  let level: unknown[] = [value]
  while (level.length > 0 && depth <= depthAtMost) {
    level = level.flatMap((item) => (typeof item === 'object' && item !== null ? Object.values(item) : []))
    depth += 1
  }
  return depth
}

/** The one way to write a manifest: names sorted, two blanks, a line break at its end. */
export function writeManifest(manifest: Manifest): string {
  return `${JSON.stringify(sortNames(manifest), null, 2)}\n`
}

function sortNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortNames)
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).map(([name, item]): [string, unknown] => [name, sortNames(item)])
  return Object.fromEntries(members.sort(([left], [right]) => (left < right ? -1 : 1)))
}
