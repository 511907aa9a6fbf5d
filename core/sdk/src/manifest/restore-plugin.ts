import { listDialogueOperations, type CapabilityDeclaration, type Ceiling, type Need } from '../capability.ts'
import { readCapability } from '../capability/write-capability.ts'
import { Fault } from '../fault.ts'
import { decodeJson } from '../json.ts'
import { findWireMoney, type Money, type WireMoney } from '../money.ts'
import type { ContractDeclaration } from '../plugin/contract.ts'
import type { Flow, Slots } from '../plugin/erased.ts'
import type { Intent, Plugin, Reaction } from '../plugin/plugin.ts'
import { callInGuest } from './call-in-guest.ts'
import type { Manifest, ManifestIntent, ManifestNeed } from './manifest-schema.ts'
import { mapValues } from './map-values.ts'
import { readObjectSchema, readSchema } from './read-schema.ts'
import { restoreFlow } from './restore-flow.ts'

/** The capability of this id in a version of the range; undefined when the platform has none. */
export type FindCapability = (id: string, range: string) => CapabilityDeclaration | undefined

/**
 * A plugin out of its manifest. All that is static works as in the plugin itself: schemas check values, steps have
 * their kinds and routes, limits and texts are there. Each of its functions throws the fault `guest.function_called`.
 * Throws the fault `plugin.broken` for a capability that the platform does not have, and for schemas that it cannot
 * read.
 */
export function restorePlugin(manifest: Manifest, findCapability: FindCapability): Plugin {
  try {
    return buildPlugin(manifest, findCapability)
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw new Fault('plugin.broken', { data: { plugin: manifest.id, problems: [error.message] }, cause: error })
  }
}

function buildPlugin(manifest: Manifest, findCapability: FindCapability): Plugin {
  const contract = { declaration: restoreDeclaration(manifest, findCapability) }
  assertDialogues(manifest, contract.declaration.provides)
  const flows = mapValues(manifest.flows, (flow, id) => restoreFlow(flow, id, contract))
  const findFlow = (id: string): Flow => {
    const flow = Object.hasOwn(flows, id) ? flows[id] : undefined
    if (!flow) throw new TypeError(`there is no flow ${id}`)
    return flow
  }
  const reactions = Object.entries(manifest.listens).flatMap(([name, { flow }]): [string, Reaction][] =>
    flow === undefined ? [] : [[name, { flow: findFlow(flow), input: callInGuest }]],
  )
  return Object.freeze({
    contract,
    flows,
    intents: Object.fromEntries(manifest.intents.map((intent) => [intent.name, restoreIntent(intent, findFlow)])),
    menu: manifest.menu,
    dialogues: mapValues(manifest.dialogues, findFlow),
    reactions: Object.fromEntries(reactions),
  })
}

function restoreIntent({ flow, title, words, input, understands }: ManifestIntent, find: (id: string) => Flow): Intent {
  const value = decodeJson(JSON.stringify(input))
  return { flow: find(flow), title, words, input: value, ...(understands ? { understand: callInGuest } : {}) }
}

function restoreDeclaration(manifest: Manifest, findCapability: FindCapability): ContractDeclaration {
  const { id, publisher, version, host, locales, title, config, secrets, texts, limits, provides, residency } = manifest
  const find = (capability: string, range: string): CapabilityDeclaration => {
    const found = findCapability(capability, range)
    if (!found) throw new TypeError(`there is no capability ${capability} in a version ${range}`)
    return found
  }
  return {
    ...{ id, publisher, version, host, locales, title, secrets, texts },
    config: readObjectSchema(config.schema),
    configVersion: config.version,
    configUpgrades: restoreUpgrades(config.upgrades),
    needs: mapValues(manifest.needs, (need) => restoreNeed(need, find)),
    ...(provides ? { provides: restoreProvided(provides, find) } : {}),
    ...restoreData(manifest),
    limits: dropUndefined(limits),
    ...(residency ? { residency } : {}),
  }
}

/** What the platform does not know comes with the package. */
function restoreProvided(
  { capability, version, definition }: NonNullable<Manifest['provides']>,
  find: (id: string, range: string) => CapabilityDeclaration,
): CapabilityDeclaration {
  return definition ? readCapability({ id: capability, version }, definition) : find(capability, version)
}

function restoreData(
  manifest: Manifest,
): Pick<Required<ContractDeclaration>, 'collections' | 'egress' | 'emits' | 'listens'> {
  return {
    collections: mapValues(manifest.collections, ({ schema, upgrades, ttlMs, ...collection }) => ({
      ...collection,
      schema: readObjectSchema(schema),
      upgrades: restoreUpgrades(upgrades),
      ttlMs,
    })),
    egress: mapValues(manifest.egress, ({ answer, secret, sign, ...egress }) => ({
      ...egress,
      answer: readSchema(answer),
      ...(secret === undefined ? {} : { secret }),
      ...(sign === undefined ? {} : { sign }),
    })),
    emits: mapValues(manifest.emits, readObjectSchema),
    listens: mapValues(manifest.listens, ({ plugin, event, data, urgent }) => ({
      plugin,
      event,
      data: readObjectSchema(data),
      ...(urgent ? { urgent } : {}),
    })),
  }
}

function restoreNeed(
  { capability, range, purpose, optional, ceiling, ...built }: ManifestNeed,
  find: (id: string, range: string) => CapabilityDeclaration,
): Need {
  const found = find(capability, range)
  assertAlike(found, built)
  const need = { capability: found, range, purpose, optional }
  return ceiling ? { ...need, ceiling: restoreCeiling(ceiling) } : need
}

/**
 * The manifest was checked by what it says of the capability: a class that is not so, or an outcome that it does not
 * know, would make that check worthless.
 */
function assertAlike(
  { id, operations }: CapabilityDeclaration,
  built: Pick<ManifestNeed, 'operations' | 'version'>,
): void {
  for (const [name, told] of Object.entries(built.operations)) {
    const own = Object.hasOwn(operations, name) ? operations[name] : undefined
    const unknown = Object.keys(own?.outcomes ?? {}).filter((outcome) => !told.outcomes.includes(outcome))
    if (own?.class === told.class && unknown.length === 0) continue
    const what = own ? `${own.class}, ${Object.keys(own.outcomes).join(', ')}` : 'not there'
    throw new TypeError(`it was built with ${id} ${built.version}, and ${name} is another one here: ${what}`)
  }
}

function assertDialogues({ dialogues }: Manifest, provides: CapabilityDeclaration | undefined): void {
  const missing = listDialogueOperations(provides).filter((name) => !Object.hasOwn(dialogues, name))
  if (missing.length > 0)
    throw new TypeError(`it provides ${provides?.id}, and has no dialogue for ${missing.join(', ')}`)
}

function restoreCeiling({ perCall, perDay, perUserDay, perMinute }: NonNullable<ManifestNeed['ceiling']>): Ceiling {
  return {
    ...(perCall ? { perCall: getMoney(perCall) } : {}),
    ...(perDay ? { perDay: getMoney(perDay) } : {}),
    ...(perUserDay ? { perUserDay: getMoney(perUserDay) } : {}),
    ...(perMinute === undefined ? {} : { perMinute }),
  }
}

function getMoney(wire: WireMoney): Money {
  const amount = findWireMoney(wire)
  if (!amount) throw new TypeError('a ceiling is an amount in a known currency')
  return amount
}

function restoreUpgrades(versions: readonly number[]): Record<number, (value: Slots) => Slots> {
  return Object.fromEntries(versions.map((version) => [version, callInGuest]))
}

function dropUndefined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return JSON.parse(JSON.stringify(value))
}
