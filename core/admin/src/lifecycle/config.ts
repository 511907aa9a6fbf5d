import { isDeepStrictEqual } from 'node:util'
import { decodeJson, encodeJson } from '@inthread/sdk/json'

/** A tenant's config in layers, each a partial object without defaults. What stands later wins, unless it is locked. */
export interface ConfigLayers {
  readonly platform?: Layer
  readonly parent?: Layer
  /** Names that the layers after the parent may not change. */
  readonly locked?: readonly string[]
  readonly tenant?: Layer
}

type Layer = Readonly<Record<string, unknown>>

/**
 * Plugin default < platform < parent < tenant; the plugin's own defaults come in when the whole is parsed, once.
 * Amounts stand in the layers as `{ "amountMinor": { "$n": "1250" }, "currency": "CNY" }`, and come out as amounts.
 */
export function mergeConfig({ platform = {}, parent = {}, locked = [], tenant = {} }: ConfigLayers): Layer {
  const own = Object.fromEntries(Object.entries(tenant).filter(([name]) => !locked.includes(name)))
  const merged = [platform, parent, own].reduce(mergeLayer, {})
  return decodeJson(encodeJson(merged)) as Layer
}

/** What is not the tenant's: it stays when the tenant's own layer is replaced, or leaves. */
export function layersAbove({ platform, parent, locked }: ConfigLayers): ConfigLayers {
  return { ...(platform ? { platform } : {}), ...(parent ? { parent } : {}), ...(locked ? { locked } : {}) }
}

/** Whether two configs say the same above the tenant's own layer; one that says nothing there is like an empty one. */
export function isSameAbove(one: ConfigLayers, other: ConfigLayers): boolean {
  const whole = ({ platform = {}, parent = {}, locked = [] }: ConfigLayers) => ({ platform, parent, locked })
  return isDeepStrictEqual(whole(one), whole(other))
}

function mergeLayer(below: Layer, above: Layer): Layer {
  const merged = Object.entries(above).map(([name, value]): [string, unknown] => {
    const before = Object.hasOwn(below, name) ? below[name] : undefined
    return [name, isLayer(before) && isLayer(value) ? mergeLayer(before, value) : value]
  })
  return { ...below, ...Object.fromEntries(merged) }
}

function isLayer(value: unknown): value is Layer {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
