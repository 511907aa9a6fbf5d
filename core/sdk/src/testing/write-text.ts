import { cleanValue } from '../message/clean.ts'
import { formatDate, formatDateTime, formatTime } from '../message/moment.ts'
import { formatMoney, moneySchema } from '../money.ts'
import type { Plugin } from '../plugin/plugin.ts'
import type { TextDeclaration, TextRef, VarKind } from '../plugin/text.ts'
import { StoryFailure } from './story-failure.ts'

/** For whom a text is written. */
export interface TextReader {
  readonly locale: string
  readonly timeZone: string
}

type Values = Readonly<Record<string, string | number>>

/**
 * Writes a text of a plugin as its readers see it, with its own wording. Throws a story failure for a text or a value
 * that is missing.
 *
 *     writeText(plugin, { template: 'paid', vars: { price: money('12.00', 'CNY') } }, { locale: 'en', timeZone })
 *     // 'Paid ¥12.00.'
 */
export function writeText(plugin: Plugin, { template, vars }: TextRef, reader: TextReader): string {
  const { texts } = plugin.contract.declaration
  const declared = Object.hasOwn(texts, template) ? texts[template] : undefined
  if (!declared) throw new StoryFailure(`the contract declares no text "${template}"`)
  const values = Object.entries(declared.vars).map(([name, kind]) => {
    const written = writeValue(kind, vars[name], reader)
    if (written === undefined) throw new StoryFailure(`the text "${template}" needs ${name}, of the kind ${kind}`)
    return [name, written] as const
  })
  return writeTemplate(pickWording(declared, reader.locale), { template, values: Object.fromEntries(values) })
}

function pickWording({ wording }: TextDeclaration, locale: string): string {
  const language = locale.split('-')[0]
  const near = Object.keys(wording).find((name) => name.split('-')[0] === language)
  return wording[locale] ?? wording[near ?? 'en'] ?? wording['en'] ?? Object.values(wording)[0] ?? ''
}

function writeValue(kind: VarKind, value: unknown, { locale, timeZone }: TextReader): string | number | undefined {
  if (kind === 'text') return typeof value === 'string' ? cleanValue(value) : undefined
  if (kind === 'money') {
    const amount = moneySchema.safeParse(value)
    return amount.success ? formatMoney(amount.data) : undefined
  }
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) return undefined
  if (kind === 'count') return value
  if (kind === 'date') return formatDate(value, locale, timeZone)
  return kind === 'time' ? formatTime(value, timeZone) : formatDateTime(value, locale, timeZone)
}

const mark = /\{\{\s*(#if|#unless|\/if|\/unless|else)?\s*(\w*)\s*\}\}/g

/** Whether the text around is written, from the outermost condition to the innermost. */
function writeTemplate(
  source: string,
  { template, values }: { readonly template: string; readonly values: Values },
): string {
  const open: boolean[] = []
  const out: string[] = []
  let last = 0
  const put = (part: string | number): void => void (open.every(Boolean) && out.push(String(part)))
  for (const match of source.matchAll(mark)) {
    const [whole, word, name = ''] = match
    put(source.slice(last, match.index))
    last = match.index + whole.length
    const value = Object.hasOwn(values, name) ? values[name] : undefined
    if (word === 'else') open.push(!open.pop())
    else if (word?.startsWith('/')) open.pop()
    else if (value === undefined) throw new StoryFailure(`the text "${template}" has no variable "${name}"`)
    else if (word === undefined) put(value)
    else open.push(word === '#if' ? isThere(value) : !isThere(value))
  }
  put(source.slice(last))
  return out.join('')
}

function isThere(value: string | number): boolean {
  return value !== '' && value !== 0
}
