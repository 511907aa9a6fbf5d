import { asGroup, type Group } from '../form/schema.ts'

/** A config in layers, each a partial object; what stands later wins, unless it is locked. */
export interface Layers {
  readonly platform?: Record<string, unknown>
  readonly parent?: Record<string, unknown>
  readonly locked?: string[]
  readonly tenant?: Record<string, unknown>
}

export function readLayers(config: unknown): Layers {
  return asGroup(config) as Layers
}

/** What stands below the tenant's own layer. */
export function mergeBelow({ platform = {}, parent = {} }: Layers): Group {
  return merge(platform, parent)
}

/** What is in force, without the plugin's defaults. */
export function mergeLayers(layers: Layers): Group {
  const { tenant = {}, locked = [] } = layers
  const own = Object.fromEntries(Object.entries(tenant).filter(([name]) => !locked.includes(name)))
  return merge(mergeBelow(layers), own)
}

function merge(below: Group, above: Group): Group {
  const merged = Object.entries(above).map(([name, value]) => {
    const before = below[name]
    const both = isGroup(before) && isGroup(value)
    return [name, both ? merge(asGroup(before), asGroup(value)) : value] as const
  })
  return { ...below, ...Object.fromEntries(merged) }
}

const isGroup = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value)

export interface ConfigChange {
  readonly path: string
  /** Undefined where the default is in force. */
  readonly before: unknown
  readonly after: unknown
}

/** What differs, each member of an object by itself, a list as a whole. */
export function compareConfigs(before: Group, after: Group, path = ''): readonly ConfigChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return names.flatMap((name): readonly ConfigChange[] => {
    const at = path === '' ? name : `${path}.${name}`
    const [old, now] = [before[name], after[name]]
    if (isGroup(old) && isGroup(now)) return compareConfigs(asGroup(old), asGroup(now), at)
    return JSON.stringify(old) === JSON.stringify(now) ? [] : [{ path: at, before: old, after: now }]
  })
}
