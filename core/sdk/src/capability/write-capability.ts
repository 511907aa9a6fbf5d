import type { CapabilityDeclaration } from '../capability.ts'
import { canonicalJson } from '../json.ts'
import { mapValues } from '../manifest/map-values.ts'
import { readSchema } from '../manifest/read-schema.ts'
import { writeSchema } from '../manifest/write-schema.ts'
import type { PublishedCapability } from './published-capability.ts'

/** As JSON, its schemas as JSON Schema. */
export function writeCapability({ audience, operations, events }: CapabilityDeclaration): PublishedCapability {
  return {
    audience,
    operations: mapValues(operations, ({ class: effect, input, outcomes, ...operation }) => ({
      ...{ class: effect, input: writeSchema(input), outcomes: mapValues(outcomes, writeSchema) },
      ...dropUndefined(operation),
    })),
    events: mapValues(events, writeSchema),
  }
}

/** Throws a TypeError for schemas that are none of ours. */
export function readCapability(
  { id, version }: Pick<CapabilityDeclaration, 'id' | 'version'>,
  { audience, operations, events }: PublishedCapability,
): CapabilityDeclaration {
  return {
    ...{ id, version, audience },
    operations: mapValues(operations, ({ class: effect, input, outcomes, ...operation }) => ({
      ...{ class: effect, input: readSchema(input), outcomes: mapValues(outcomes, readSchema) },
      ...dropUndefined(operation),
    })),
    events: mapValues(events, readSchema),
  }
}

/** Whether two packages mean the same by a capability of one name and version. */
export function isSameCapability(
  left: { readonly definition?: PublishedCapability | undefined },
  right: { readonly definition?: PublishedCapability | undefined },
): boolean {
  return canonicalJson(left.definition ?? null) === canonicalJson(right.definition ?? null)
}

type Defined<T> = T extends object ? { -readonly [K in keyof T]: Defined<Exclude<T[K], undefined>> } : T

function dropUndefined<T extends object>(value: T): Defined<T> {
  return JSON.parse(JSON.stringify(value))
}
