/** JSON Schema, as far as manifests write it: see `writeSchema` of the sdk. */
export interface Schema {
  readonly type?: string
  readonly format?: string
  readonly title?: string
  readonly description?: string
  /** The same two in other languages. */
  readonly 'x-words'?: Readonly<Record<string, { readonly title?: string; readonly description?: string }>>
  readonly default?: unknown
  readonly enum?: readonly unknown[]
  readonly minimum?: number
  readonly maximum?: number
  readonly maxLength?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
}

/** Title and description in the language of the page, where the plugin brings them. */
export function inLanguage(schema: Schema, language: string): Schema {
  const own = Object.entries(schema['x-words'] ?? {}).find(([name]) => name.startsWith(language))?.[1]
  const members = Object.entries(schema.properties ?? {})
  const properties = Object.fromEntries(members.map(([name, member]) => [name, inLanguage(member, language)]))
  return {
    ...schema,
    ...own,
    ...(schema.properties ? { properties } : {}),
    ...(schema.items ? { items: inLanguage(schema.items, language) } : {}),
  }
}

export type Kind = 'text' | 'number' | 'yes-no' | 'choice' | 'choices' | 'list' | 'group' | 'money' | 'other'

/** With which kind of field a value is filled in. What cannot be told is written as JSON. */
export function kindOf(schema: Schema): Kind {
  if (schema.format === 'inthread-money') return 'money'
  if (schema.enum) return 'choice'
  if (schema.type === 'array') return schema.items?.enum ? 'choices' : schema.items ? 'list' : 'other'
  if (schema.type === 'object') return schema.properties ? 'group' : 'other'
  if (schema.type === 'boolean') return 'yes-no'
  if (schema.type === 'integer' || schema.type === 'number') return 'number'
  return schema.type === 'string' ? 'text' : 'other'
}

/** What a new member of a list is before anything is typed. */
export function blankOf(schema: Schema): unknown {
  if (schema.default !== undefined) return schema.default
  const blanks: Readonly<Partial<Record<Kind, unknown>>> = { 'yes-no': false, group: {}, list: [], choices: [] }
  return blanks[kindOf(schema)] ?? ''
}

export type Group = Readonly<Record<string, unknown>>

export function asGroup(value: unknown): Group {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {}
}

/** The same without what is undefined: it is then as if nobody had filled it in. */
export function putIn(group: Group, name: string, value: unknown): Group {
  const { [name]: _, ...rest } = group
  return value === undefined ? rest : { ...rest, [name]: value }
}

/** As the platform writes places: `$.config.cities[0]`. */
export function placeIn(path: string, name: string | number): string {
  if (typeof name === 'number') return `${path}[${name}]`
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? `${path}.${name}` : `${path}[${JSON.stringify(name)}]`
}

/** What a value looks like where it is only read. */
export function showValue(value: unknown): string {
  if (value === undefined) return '—'
  if (Array.isArray(value)) return value.map(showValue).join(', ')
  if (typeof value === 'object' && value !== null) return JSON.stringify(value)
  return String(value)
}
