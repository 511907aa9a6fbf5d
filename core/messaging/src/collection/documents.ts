import { createHash } from 'node:crypto'
import type { CollectionDeclaration, Plugin, Slots } from '@inthread/sdk/engine'
import { Fault } from '@inthread/sdk/fault'
import { canonicalJson } from '@inthread/sdk/json'
import { addMs, type Instant } from '@inthread/sdk/time'
import type { MessagingPorts } from '../ports.ts'
import { never } from '../schema/migrations.ts'
import { collectionIdOf } from './index-key.ts'
import type { UpgradeDocument } from './upgrade.ts'

export interface CollectionRef {
  readonly plugin: Plugin
  readonly collection: string
}

/** A collection with what it takes to read and write its documents. */
export interface Documents extends CollectionRef {
  /** The subscriber in front of the plugin: whose personal documents these are. */
  readonly owner: string
  readonly now: Instant
  readonly ports: DocumentPorts
  /** How documents of an earlier version are brought up; the declaration's own chain when left out. */
  readonly upgrade?: UpgradeDocument
}

export type DocumentPorts = Pick<MessagingPorts, 'sealer' | 'keyring' | 'ids' | 'log'>

export function getCollection({ plugin, collection }: CollectionRef): CollectionDeclaration {
  const { id, collections } = plugin.contract.declaration
  const declaration = Object.hasOwn(collections, collection) ? collections[collection] : undefined
  if (!declaration) throw new Fault('collection.unknown', { data: { plugin: id, collection } })
  return declaration
}

/** The name that its rows carry; a fault when the plugin has no such collection. */
export function idOf(ref: CollectionRef): string {
  getCollection(ref)
  return collectionIdOf(ref.plugin.contract.declaration.id, ref.collection)
}

export function isPersonal(ref: CollectionRef): boolean {
  return getCollection(ref).dataClass === 'personal'
}

/** Changes with the version and with the indexes: rows of another shape are brought up by the sweep. */
export function shapeOf(declaration: CollectionDeclaration): string {
  const known = shapes.get(declaration)
  if (known !== undefined) return known
  const digest = createHash('sha256').update(canonicalJson(declaration.indexes)).digest('hex')
  const shape = `${declaration.version}.${digest.slice(0, 16)}`
  shapes.set(declaration, shape)
  return shape
}

const shapes = new WeakMap<CollectionDeclaration, string>()

/** A row that this version of the plugin could not bring up; the next version tries again. */
export function stuckShapeOf(ref: CollectionRef): string {
  return `${shapeOf(getCollection(ref))}!${ref.plugin.contract.declaration.version}`
}

export function expiryOf({ ttlMs }: CollectionDeclaration, now: Instant): Instant {
  return ttlMs === undefined ? never : addMs(now, ttlMs)
}

/** A document as its schema has it; a fault that names the fields when it is anything else. */
export function parseDocument(ref: CollectionRef, document: unknown): Slots {
  const parsed = getCollection(ref).schema.safeParse(document)
  if (parsed.success) return parsed.data as Slots
  const fields = [...new Set(parsed.error.issues.map((issue) => issue.path.join('.') || 'document'))]
  throw new Fault('collection.document_refused', {
    data: { plugin: ref.plugin.contract.declaration.id, collection: ref.collection, fields },
  })
}
