import type { Money } from '../money.ts'
import type { Instant } from '../time.ts'

/**
 * How a variable of a text is typed and, by that, written: an amount with its sign, a date in the tenant's zone and
 * locale.
 */
export type VarKind = 'text' | 'count' | 'money' | 'date' | 'time' | 'dateTime'

export interface VarValueOf {
  text: string
  count: number
  money: Money
  date: Instant
  time: Instant
  dateTime: Instant
}

export type VarKinds = Readonly<Record<string, VarKind>>

/**
 * One text of a plugin: its variables with their kinds, the wording per locale (Handlebars, `{{name}}` and `{{#if
 * name}}` only), and the variables that a tenant's own wording may not drop.
 */
export interface TextDeclaration<V extends VarKinds = VarKinds> {
  readonly vars: V
  readonly keep: readonly string[]
  readonly wording: Readonly<Record<string, string>>
}

export type TextDeclarations = Readonly<Record<string, TextDeclaration>>

/** `text({ fare: 'money' }, { 'zh-CN': '票价 {{fare}}', en: 'Fare {{fare}}' })` */
export function text<const V extends VarKinds>(
  vars: V,
  wording: Readonly<Record<string, string>>,
  options: { keep?: readonly (keyof V & string)[] } = {},
): TextDeclaration<V> {
  return { vars, keep: options.keep ?? [], wording }
}

/** A text with its variables, not yet written: what messages are made of. */
export interface TextRef {
  readonly template: string
  readonly vars: Readonly<Record<string, string | number | Money>>
}

export type VarsOf<D extends TextDeclaration> = { readonly [K in keyof D['vars']]: VarValueOf[D['vars'][K]] }

/** `t('fareLine', { fare })`: refuses an unknown text, a missing variable and a number where an amount is meant. */
export type TextPicker<T extends TextDeclarations> = <K extends keyof T & string>(
  template: K,
  ...vars: keyof T[K]['vars'] extends never ? [] : [vars: VarsOf<T[K]>]
) => TextRef
