import type { CapabilityDeclaration, Ceiling, Need } from '../capability.ts'
import { writeCapability } from '../capability/write-capability.ts'
import { isStandardCapability } from '../capability/standard.ts'
import { encodeJson } from '../json.ts'
import { moneyToWire } from '../money.ts'
import type { ContractDeclaration } from '../plugin/contract.ts'
import type { Plugin } from '../plugin/plugin.ts'
import { buildManifestFlow } from './build-manifest-flow.ts'
import type { Manifest, ManifestIntent, ManifestNeed } from './manifest-schema.ts'
import { mapValues } from './map-values.ts'
import { writeSchema } from './write-schema.ts'

/**
 * The manifest of a plugin: all that is static about it. Pure; the same code gives the same manifest. Fingerprints of
 * functions are taken from their sources, so those of a bundle differ from those of the files it was made of.
 */
export function buildManifest(plugin: Plugin): Manifest {
  const { declaration } = plugin.contract
  return dropUndefined({
    manifestVersion: 1,
    ...buildIdentity(declaration),
    ...buildStores(declaration),
    needs: mapValues(declaration.needs, buildNeed),
    texts: mapValues(declaration.texts, ({ vars, keep, wording }) => ({ vars, keep: [...keep], wording })),
    listens: mapValues(declaration.listens ?? {}, ({ plugin: from, event, data, urgent }, name) => ({
      plugin: from,
      event,
      data: writeSchema(data),
      urgent,
      flow: plugin.reactions[name]?.flow.id,
    })),
    flows: mapValues(plugin.flows, buildManifestFlow),
    intents: Object.entries(plugin.intents).map(([name, intent]): ManifestIntent => {
      const { flow, title, words, input, understand } = intent
      const lists = mapValues(words, (list) => [...list])
      return { name, flow: flow.id, title, words: lists, input: toJson(input), understands: understand !== undefined }
    }),
    menu: [...plugin.menu],
    dialogues: mapValues(plugin.dialogues, (flow) => flow.id),
  })
}

type Identity = 'id' | 'publisher' | 'version' | 'host' | 'locales' | 'title' | 'provides' | 'limits' | 'residency'

function buildIdentity(declaration: ContractDeclaration): Pick<Manifest, Identity> {
  const { id, publisher, version, host, locales, title, provides, limits, residency } = declaration
  return {
    ...{ id, publisher, version, host, locales: [...locales], title, limits: limits ?? {} },
    provides: provides && buildProvides(provides),
    residency: residency && [...residency],
  }
}

function buildProvides(capability: CapabilityDeclaration): NonNullable<Manifest['provides']> {
  const { id, version } = capability
  const definition = isStandardCapability(id) ? undefined : writeCapability(capability)
  return { capability: id, version, definition }
}

type Stores = 'config' | 'secrets' | 'collections' | 'egress' | 'emits'

function buildStores(declaration: ContractDeclaration): Pick<Manifest, Stores> {
  const { config, configVersion, configUpgrades, secrets, collections, egress, emits } = declaration
  return {
    config: { schema: writeSchema(config), version: configVersion ?? 1, upgrades: listNumbers(configUpgrades ?? {}) },
    secrets: mapValues(secrets ?? {}, ({ purpose, hosts }) => ({ purpose, hosts: [...hosts] })),
    collections: mapValues(collections, ({ schema, key, indexes, counters, version, upgrades, dataClass, ttlMs }) => ({
      schema: writeSchema(schema),
      key,
      indexes: mapValues(indexes, (fields) => [...fields]),
      counters: mapValues(counters, ({ capacity }) => ({ capacity })),
      version,
      upgrades: listNumbers(upgrades),
      dataClass,
      ttlMs,
    })),
    egress: mapValues(egress ?? {}, ({ host, purpose, data, answer, secret, sign }) => ({
      ...{ host, purpose, data: [...data], answer: writeSchema(answer), secret, sign },
    })),
    emits: mapValues(emits ?? {}, writeSchema),
  }
}

function buildNeed({ capability, range, purpose, optional, ceiling }: Need): ManifestNeed {
  return {
    ...{ capability: capability.id, range, version: capability.version },
    operations: mapValues(capability.operations, (operation) => ({
      class: operation.class,
      outcomes: Object.keys(operation.outcomes).toSorted(),
    })),
    events: Object.keys(capability.events).toSorted(),
    ...{ purpose, optional, ceiling: ceiling && buildCeiling(ceiling) },
  }
}

function buildCeiling({ perCall, perDay, perUserDay, perMinute }: Ceiling): NonNullable<ManifestNeed['ceiling']> {
  return {
    perCall: perCall && moneyToWire(perCall),
    perDay: perDay && moneyToWire(perDay),
    perUserDay: perUserDay && moneyToWire(perUserDay),
    perMinute,
  }
}

/** As `encodeJson` writes it. */
function toJson(value: unknown): unknown {
  return value === undefined ? null : JSON.parse(encodeJson(value))
}

function listNumbers(record: Readonly<Record<number, unknown>>): number[] {
  return Object.keys(record).map(Number)
}

/** A manifest is JSON: a member is there or it is not. */
function dropUndefined(manifest: Manifest): Manifest {
  return JSON.parse(JSON.stringify(manifest)) as Manifest
}
