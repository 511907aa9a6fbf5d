import { listTemplateProblems } from '@inthread/messaging'
import { lintWording } from '@inthread/sdk/credit'
import { cleanWords, type Plugin, type TextDeclaration } from '@inthread/sdk/engine'
import { buildManifest, listManifestProblems } from '@inthread/sdk/manifest'
import type { OwnTextRow } from './own-words.store.ts'
import { wearOwnWords } from './wear-own-words.ts'
import type { Said } from '@inthread/sdk/fault'
import { sayWords as say } from '../saying/say-words.ts'
import { sayProblem } from './say-problem.ts'

export interface Wording {
  readonly declaration: TextDeclaration
  readonly locale: string
  readonly source: string
}

const amounts =
  /(?:[¥￥$€£]|\b(?:CNY|RMB|USD|HKD|EUR)) ?\d[\d,.]*|\d[\d,.]* ?(?:元|块|万|圆|yuan\b|fen\b|CNY\b|RMB\b)/gi
const payees =
  /收款(?:方|人|账户|账号|单位)|付款给|转账(?:给|到)|汇(?:给|至)|payee|beneficiary|pay to\b|transfer to\b/gi

/**
 * What is wrong with a tenant's own wording. Beside the grammar: it names no amount and no payee that the plugin does
 * not, drops no amount that the plugin shows to everybody, and opens nobody's signature.
 */
export function listWordingProblems({ declaration, locale, source }: Wording): Said[] {
  const vars = Object.keys(declaration.vars)
  const theirs = [...(declaration.wording[locale] ? [declaration.wording[locale]] : Object.values(declaration.wording))]
  const keep = new Set([...declaration.keep, ...vars.filter((name) => isAlwaysShown(name, declaration, theirs))])
  const grammar = listTemplateProblems(source, { vars, keep: [...keep] })
  if (grammar.length > 0) return [...grammar]
  const problems: Said[] = []
  if (source.trim() === '') problems.push(say('wording.empty'))
  if (cleanWords(source) !== source) problems.push(say('wording.signs'))
  if (
    hasNew(
      amounts,
      fill(source, declaration),
      theirs.map((each) => fill(each, declaration)),
    )
  )
    problems.push(say('wording.amount'))
  if (hasNew(payees, source, theirs)) problems.push(say('wording.payee'))
  if (lintWording(source, declaration.vars)) problems.push(say('wording.credit'))
  return problems
}

/** An amount that the plugin shows whatever else is so. */
function isAlwaysShown(name: string, { vars }: TextDeclaration, theirs: readonly string[]): boolean {
  const rules = { vars: Object.keys(vars), keep: [name] }
  return vars[name] === 'money' && theirs.every((source) => listTemplateProblems(source, rules).length === 0)
}

/** Variables as their kinds are written: a number behind a currency sign reads like an amount. */
function fill(source: string, { vars }: TextDeclaration): string {
  const plain = source.normalize('NFKC').replaceAll(/\{\{[#/!^][^}]*\}\}|\{\{else\}\}/g, '')
  return plain.replaceAll(/\{\{~?\s*\[?([\w$]+)\]?\s*~?\}\}/g, (_tag, name: string) =>
    vars[name] === 'money' || vars[name] === undefined ? ' ' : '7',
  )
}

function hasNew(pattern: RegExp, source: string, theirs: readonly string[]): boolean {
  const find = (text: string): string[] => (text.match(pattern) ?? []).map((each) => each.toLowerCase())
  const known = new Set(theirs.flatMap(find))
  return find(source).some((each) => !known.has(each))
}

/** With the places in which the plugin's messages show the text: what would not fit there is said too. */
export function listOwnTextProblems(
  plugin: Plugin,
  row: Pick<OwnTextRow, 'plugin' | 'text' | 'locale' | 'source'>,
): Said[] {
  const declaration = plugin.contract.declaration.texts[row.text]
  if (!declaration) return [say('wording.no_text', { plugin: row.plugin, text: row.text })]
  const problems = listWordingProblems({ declaration, ...row })
  if (problems.length > 0) return problems
  const full = { ...row, tenant_id: '', version: 1, updated_at: 0 }
  const before = new Set(listManifestProblems(buildManifest(plugin)).map(({ problem }) => problem))
  const after = listManifestProblems(buildManifest(wearOwnWords(plugin, { texts: [full], intents: [] })))
  return after.filter(({ problem }) => !before.has(problem)).map(sayProblem)
}
