import Handlebars from 'handlebars'
import {
  cleanValue,
  formatDate,
  formatDateTime,
  formatTime,
  type Plugin,
  type TextDeclaration,
  type TextRef,
  type VarKind,
} from '@inthread/sdk/engine'
import { Fault } from '@inthread/sdk/fault'
import { formatMoney, moneySchema } from '@inthread/sdk/money'
import { pickWording } from '../tenancy/tenancy.ts'
import { listTemplateProblems } from './list-template-problems.ts'

/** For whom a text is written. */
export interface Reading {
  readonly locale: string
  readonly timeZone: string
}

type Compiled = (data: Readonly<Record<string, string | number>>) => string

const outputLimit = 8000

/**
 * Writes the texts of one tenant's plugins. The Handlebars environment is this tenant's alone and has no helper but if
 * and unless; templates are compiled once; data are plain strings in an object without a prototype.
 */
export class TextRenderer {
  readonly #environment = Handlebars.create()
  readonly #compiled = new Map<string, Compiled>()

  render(plugin: Plugin, text: TextRef, reading: Reading): string {
    const { id, version, texts } = plugin.contract.declaration
    const declaration = Object.hasOwn(texts, text.template) ? texts[text.template] : undefined
    if (!declaration) throw new Fault('text.unknown', { data: { plugin: id, text: text.template } })
    const written = this.#find(`${id}@${version}`, text.template, { declaration, locale: reading.locale })(
      buildData(declaration, text, reading),
    )
    if (written.length > outputLimit) throw new Fault('text.too_long', { data: { plugin: id, text: text.template } })
    return written
  }

  #find(
    plugin: string,
    name: string,
    wanted: { readonly declaration: TextDeclaration; readonly locale: string },
  ): Compiled {
    const key = `${plugin}/${name}/${wanted.locale}`
    const known = this.#compiled.get(key)
    if (known) return known
    const source = pickWording(wanted.declaration.wording, wanted.locale)
    const compiled = this.#compile(source, { plugin, name, declaration: wanted.declaration })
    this.#compiled.set(key, compiled)
    return compiled
  }

  #compile(
    source: string,
    text: { readonly plugin: string; readonly name: string; readonly declaration: TextDeclaration },
  ): Compiled {
    const rules = { vars: Object.keys(text.declaration.vars), keep: text.declaration.keep }
    const problems = listTemplateProblems(source, rules).map(({ message }) => message)
    if (problems.length > 0)
      throw new Fault('text.refused', { data: { plugin: text.plugin, text: text.name, problems } })
    // The target is a message, not a web page: nothing is escaped for HTML.
    const options = { noEscape: true, strict: true, knownHelpersOnly: true, knownHelpers: { if: true, unless: true } }
    return this.#environment.compile<Readonly<Record<string, string | number>>>(source, options)
  }
}

function buildData(
  declaration: TextDeclaration,
  text: TextRef,
  reading: Reading,
): Readonly<Record<string, string | number>> {
  const data: Record<string, string | number> = Object.create(null)
  for (const [name, kind] of Object.entries(declaration.vars)) data[name] = writeValue(kind, text.vars[name], reading)
  return data
}

function writeValue(kind: VarKind, value: unknown, { locale, timeZone }: Reading): string | number {
  if (kind === 'text') return cleanValue(typeof value === 'string' ? value : fail(kind))
  if (kind === 'money') {
    const amount = moneySchema.safeParse(value)
    return amount.success ? formatMoney(amount.data) : fail(kind)
  }
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) return fail(kind)
  switch (kind) {
    case 'count':
      return value
    case 'date':
      return formatDate(value, locale, timeZone)
    case 'time':
      return formatTime(value, timeZone)
    case 'dateTime':
      return formatDateTime(value, locale, timeZone)
  }
}

function fail(kind: VarKind): never {
  throw new Fault('text.broken', { data: { kind } })
}
