import { z } from 'zod'
import { Fault } from '../fault.ts'
import type { Slots } from './slots.ts'

/**
 * Who may see the documents: `public` ones are the merchant's own data; `personal` ones belong to the user who was in
 * front of the plugin when they were written, are sealed, and are found in that user's conversation alone.
 */
export type DataClass = 'public' | 'personal'

/** A limited good of each document, like seats of a carriage: reserved by one conditional update, never oversold. */
export interface CounterDeclaration {
  /** The field of the document that holds how many there are. */
  readonly capacity: string
}

/**
 * Typed documents of a plugin, kept per tenant. `indexes` name the fields a `read` may ask for: equality on the first
 * fields, ordered by the rest.
 */
export interface CollectionDeclaration<Z extends z.ZodObject = z.ZodObject> {
  readonly schema: Z
  readonly key: string
  readonly indexes: Readonly<Record<string, readonly string[]>>
  readonly counters: Readonly<Record<string, CounterDeclaration>>
  /** Grows when documents of before no longer fit the schema. */
  readonly version: number
  /** From version n to n + 1, for each n below `version`; done when a document is read, and by a sweep. */
  readonly upgrades: Readonly<Record<number, (document: Slots) => Slots>>
  readonly dataClass: DataClass
  /** A document is erased this long after it was last written. */
  readonly ttlMs: number | undefined
}

export type CollectionDeclarations = Readonly<Record<string, CollectionDeclaration>>

type CollectionOptions<F extends string> = PublicOptions<F> | PersonalOptions<F>

interface CommonOptions<F extends string> {
  readonly key: F
  readonly version?: number
  readonly upgrades?: Readonly<Record<number, (document: Slots) => Slots>>
  readonly ttlMs?: number
}

interface PublicOptions<F extends string> extends CommonOptions<F> {
  readonly dataClass?: 'public'
  readonly indexes?: Readonly<Record<string, readonly F[]>>
  readonly counters?: Readonly<Record<string, { readonly capacity: F }>>
}

/** Sealed documents cannot be searched or counted: what would make that possible would tell what is in them. */
interface PersonalOptions<F extends string> extends CommonOptions<F> {
  readonly dataClass: 'personal'
  readonly indexes?: never
  readonly counters?: never
}

/**
 * `collection(z.strictObject({ number: z.string(), … }), { key: 'number', indexes: { route: ['from', 'to', 'departs']
 * } })`. Throws the fault `collection.declaration_refused` for what the types cannot see: an index over personal data,
 * a field that is not there, a version without the upgrade that leads to it, a life of no length.
 */
export function collection<Z extends z.ZodObject, const O extends CollectionOptions<keyof z.infer<Z> & string>>(
  schema: Z,
  options: O,
): Collection<Z, O> {
  const declaration = {
    schema,
    key: options.key,
    indexes: options.indexes ?? {},
    counters: options.counters ?? {},
    version: options.version ?? 1,
    upgrades: options.upgrades ?? {},
    dataClass: options.dataClass ?? 'public',
    ttlMs: options.ttlMs,
  }
  const problem = findProblem(declaration)
  if (problem !== undefined) throw new Fault('collection.declaration_refused', { data: { problem } })
  return declaration as Collection<Z, O>
}

function findProblem({ schema, key, indexes, counters, ...rest }: CollectionDeclaration): string | undefined {
  const { version, upgrades, dataClass, ttlMs } = rest
  const named = [key, ...Object.values(indexes).flat(), ...Object.values(counters).map(({ capacity }) => capacity)]
  const unknown = named.find((field) => !Object.hasOwn(schema.shape, field))
  if (unknown !== undefined) return `there is no field "${unknown}"`
  if (dataClass === 'personal' && Object.keys({ ...indexes, ...counters }).length > 0)
    return 'personal documents are sealed: they have neither indexes nor counters'
  if (!Number.isSafeInteger(version) || version < 1) return 'version is a whole number from 1'
  for (let from = 1; from < version; from += 1)
    if (!upgrades[from]) return `there is no upgrade from version ${from} to ${from + 1}`
  if (ttlMs !== undefined && !(ttlMs > 0)) return 'ttlMs is more than nothing'
  return undefined
}

/** Only its own names: under the general ones every name of an index or a counter would do. */
type Collection<Z extends z.ZodObject, O> = Omit<CollectionDeclaration<Z>, 'indexes' | 'counters' | 'dataClass'> & {
  readonly dataClass: O extends { readonly dataClass: infer X } ? X : 'public'
  readonly indexes: O extends { readonly indexes: infer X } ? X : Readonly<Record<never, never>>
  readonly counters: O extends { readonly counters: infer X } ? X : Readonly<Record<never, never>>
}

export type DocumentOf<D extends CollectionDeclaration> = z.infer<D['schema']>

/**
 * What a `reserve` step holds for the run: `unit` numbers the good within its counter, from 1, unique while held or
 * taken.
 */
export const holdSchema = z.strictObject({ id: z.string(), unit: z.number().int(), until: z.number().int() })
export type Hold = z.infer<typeof holdSchema>

/** Stands for a confidential answer. The plugin can pass it on and cannot read it. */
export const secretSchema = z.strictObject({ secret: z.string() })
export type SecretRef = z.infer<typeof secretSchema>
