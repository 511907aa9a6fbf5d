import type { Flow, Plugin } from '@inthread/sdk/engine'

/** The same plugin, whose every function throws while `isBroken` says so. */
export function makeFragile(plugin: Plugin, isBroken: () => boolean): Plugin {
  const wrap = (value: unknown): unknown => {
    if (typeof value === 'function')
      return (...given: readonly unknown[]): unknown => {
        if (isBroken()) throw new TypeError('this plugin is broken')
        return (value as (...given: readonly unknown[]) => unknown)(...given)
      }
    if (Array.isArray(value)) return value.map(wrap)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, wrap(inner)]))
  }
  const flows = Object.fromEntries(
    Object.entries(plugin.flows).map(([name, flow]): [string, Flow] => [
      name,
      { ...flow, steps: wrap(flow.steps) as Flow['steps'] },
    ]),
  )
  const find = (flow: Flow): Flow => flows[flow.id] ?? flow
  return {
    ...plugin,
    flows,
    intents: Object.fromEntries(
      Object.entries(plugin.intents).map(([name, intent]) => [name, { ...intent, flow: find(intent.flow) }]),
    ),
    dialogues: Object.fromEntries(Object.entries(plugin.dialogues).map(([name, flow]) => [name, find(flow)])),
  }
}

/** The same plugin under another version. */
export function renew(plugin: Plugin, version: string): Plugin {
  const contract = { declaration: { ...plugin.contract.declaration, version } }
  const flows = Object.fromEntries(
    Object.entries(plugin.flows).map(([name, flow]): [string, Flow] => [name, { ...flow, contract }]),
  )
  const find = (flow: Flow): Flow => flows[flow.id] ?? flow
  return {
    ...plugin,
    contract,
    flows,
    intents: Object.fromEntries(
      Object.entries(plugin.intents).map(([name, intent]) => [name, { ...intent, flow: find(intent.flow) }]),
    ),
    dialogues: Object.fromEntries(Object.entries(plugin.dialogues).map(([name, flow]) => [name, find(flow)])),
  }
}
