import type { AdminApi } from '@inthread/client'
import { asGroup, putIn, type Group, type Schema } from '../form/schema.ts'

/** A tenant's definition, as far as this page looks into it: the platform checks the rest. */
export interface Definition {
  readonly tenant: Group
  readonly bots: readonly Group[]
  readonly operators: readonly Group[]
  readonly banks: readonly Group[]
  readonly data: readonly unknown[]
}

export type Section = 'bots' | 'operators' | 'banks'

export type Kind = Awaited<ReturnType<AdminApi['connections']['kinds']['query']>>['channels'][number]

export function readDefinition(value: unknown): Definition {
  const group = asGroup(value)
  const list = (name: string): readonly Group[] => (Array.isArray(group[name]) ? group[name].map(asGroup) : [])
  const [bots, operators, banks] = [list('bots'), list('operators'), list('banks')]
  return { tenant: asGroup(group['tenant']), bots, operators, banks, data: list('data') }
}

/** With one part of a section replaced, or added where it is none of them, or taken away where there is nothing new. */
export function putPart(definition: Definition, section: Section, { id, part }: Placed): Definition {
  const parts = definition[section]
  const at = parts.findIndex((each) => each['id'] === id)
  const next = at < 0 ? [...parts, ...(part ? [part] : [])] : parts.toSpliced(at, 1, ...(part ? [part] : []))
  return { ...definition, [section]: next }
}

interface Placed {
  /** As it is called in force; undefined for a new one. */
  readonly id: string | undefined
  readonly part: Group | undefined
}

/** Settings as they are typed: a reference as its text, a secret that is kept as nothing. */
export function toForm(settings: Group, secrets: readonly string[]): Group {
  return secrets.reduce((group, name) => putIn(group, name, referenceOf(settings[name])), settings)
}

function referenceOf(value: unknown): string | undefined {
  const reference = asGroup(value)['secret']
  return typeof reference === 'string' && /^(env|file):/.test(reference) ? reference : undefined
}

/** And back: what was left empty stays what it was. */
export function fromForm(form: Group, secrets: readonly string[], before: Group): Group {
  return secrets.reduce((group, name) => putIn(group, name, secretOf(form[name]) ?? before[name]), form)
}

function secretOf(typed: unknown): { readonly secret: string } | undefined {
  if (typeof typed !== 'string' || typed === '') return undefined
  return { secret: /^(env|file|plain):/.test(typed) ? typed : `plain:${typed}` }
}

/** The schema of a part with names and help for people; secrets are text and say how they are written. */
export function wordSchema(schema: Schema, names: Readonly<Record<string, string>>, secrets: Secrets): Schema {
  const members = Object.entries(schema.properties ?? {}).map(([name, member]) => [
    name,
    { ...member, title: names[name] ?? name, ...(secrets.names.includes(name) ? { description: secrets.help } : {}) },
  ])
  const required = (schema.required ?? []).filter((name) => !secrets.kept || !secrets.names.includes(name))
  return { ...schema, properties: Object.fromEntries(members) as Record<string, Schema>, required }
}

interface Secrets {
  readonly names: readonly string[]
  readonly help: string
  /** The platform has them already. */
  readonly kept: boolean
}
