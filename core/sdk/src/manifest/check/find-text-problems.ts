import { lintWording } from '../../credit/quote/lint-credit.ts'
import type { Said } from '../../fault/saying.ts'
import type { Manifest } from '../manifest-schema.ts'
import { findTemplateProblems, stripTags } from './find-template-problems.ts'
import type { ManifestProblem } from './problem.ts'
import { sayManifest as say } from './say-manifest.ts'

/** What every channel takes, in code points (RCC.07). */
const limits = { label: 25, cardTitle: 200, text: 8000, cards: 12, cardSuggestions: 4, chips: 11, menu: 9 }

/** Each text in each locale, its grammar, its variables, and what must stay. */
export function findTextProblems({ texts, locales }: Manifest): ManifestProblem[] {
  return Object.entries(texts).flatMap(([name, { vars, keep, wording }]) => {
    const rules = { vars: Object.keys(vars), keep }
    const unknown = keep.filter((kept) => !Object.hasOwn(vars, kept)).map((kept) => buildKept(name, kept))
    const written = locales.flatMap((locale) => {
      const path = `$.texts.${name}.wording.${locale}`
      const source = wording[locale]
      if (source === undefined) return [buildMissing(path, `the text "${name}" has no wording in ${locale}`)]
      const problems = findTemplateProblems(source, rules).map((problem) => ({
        ...{ path, problem: `the text "${name}" in ${locale}: ${problem}` },
        remedy: 'change the wording, or declare what it uses',
      }))
      const length = findLength(path, (size) => say('words.too_long', { name, ...size }), { source, most: limits.text })
      return [...problems, ...length, ...(lintWording(source, vars) ? [buildBareCredit(path, name)] : [])]
    })
    return [...unknown, ...written]
  })
}

function buildKept(name: string, kept: string): ManifestProblem {
  const problem = `the text "${name}" keeps {{${kept}}}, which is none of its variables`
  return { path: `$.texts.${name}.keep`, problem, remedy: `declare ${kept}, or take it out of keep` }
}

function buildBareCredit(path: string, name: string): ManifestProblem {
  const said = say('words.credit_bare', { name })
  const remedy = 'write the annual rate beside the amount, in a variable that is called rate: 年利率 {{rate}}'
  return { path, problem: said.message, said, remedy }
}

function buildMissing(path: string, problem: string): ManifestProblem {
  return { path, problem, remedy: 'write it, or take the locale out of the contract' }
}

/** Titles and purposes are read by tenants and users in their languages. */
export function findLocaleProblems(manifest: Manifest): ManifestProblem[] {
  const { locales, title, needs, secrets, egress, intents } = manifest
  const wordings = [
    { path: '$.title', what: 'the title', wording: title },
    ...listPurposes('needs', 'need', needs),
    ...listPurposes('secrets', 'secret', secrets),
    ...listPurposes('egress', 'egress', egress),
    ...intents.map((intent) => ({
      ...{ path: `$.intents.${intent.name}.title`, what: `the title of the intent "${intent.name}"` },
      wording: intent.title,
    })),
  ]
  return wordings.flatMap(({ path, what, wording }) =>
    locales
      .filter((locale) => (wording[locale] ?? '').trim() === '')
      .map((locale) => buildMissing(`${path}.${locale}`, `${what} is missing in ${locale}`)),
  )
}

interface Purposed {
  readonly purpose: Readonly<Record<string, string>>
}

function listPurposes(section: string, kind: string, all: Readonly<Record<string, Purposed>>) {
  return Object.entries(all).map(([name, { purpose }]) => ({
    ...{ path: `$.${section}.${name}.purpose`, what: `the purpose of the ${kind} "${name}"` },
    wording: purpose,
  }))
}

/** What would not fit into a message, as far as it can be seen without a run. */
export function findSizeProblems(manifest: Manifest): ManifestProblem[] {
  const titles = manifest.intents.flatMap(({ name, title }) =>
    Object.entries(title).flatMap(([locale, source]) =>
      findLength(`$.intents.${name}.title.${locale}`, (size) => say('words.button_too_long', { name, ...size }), {
        source,
        most: limits.label,
      }),
    ),
  )
  const full: ManifestProblem = {
    path: '$.menu',
    problem: `the menu has ${manifest.menu.length} entries, and room for ${limits.menu}`,
    remedy: 'offer less, or ask in the flow what is wanted',
  }
  return [...titles, ...(manifest.menu.length > limits.menu ? [full] : []), ...findMessageProblems(manifest)]
}

function findMessageProblems(manifest: Manifest): ManifestProblem[] {
  return Object.entries(manifest.flows).flatMap(([id, flow]) =>
    Object.entries(flow.steps).flatMap(([step, { kind, ...rest }]) => {
      const shows = 'shows' in rest ? rest.shows : undefined
      if (!shows) return []
      const path = `$.flows.${id}.steps.${step}`
      const counted = (['cards', 'cardSuggestions', 'chips'] as const)
        .filter((part) => shows[part] > limits[part])
        .map((part) => ({
          ...{ path, step, problem: `the ${kind} "${step}" has ${shows[part]} ${counts[part]}` },
          remedy: `no channel takes more than ${limits[part]}: make pages, or offer less`,
        }))
      const labels = shows.labels.flatMap((name) => findLongTexts(manifest, { name, most: limits.label, path, step }))
      const titles = shows.titles.flatMap((name) =>
        findLongTexts(manifest, { name, most: limits.cardTitle, path, step }),
      )
      return [...counted, ...labels, ...titles]
    }),
  )
}

const counts = { cards: 'cards', cardSuggestions: 'buttons on one card', chips: 'buttons under a message' } as const

interface Shown {
  readonly name: string
  readonly most: number
  readonly path: string
  readonly step: string
}

function findLongTexts({ texts }: Manifest, { name, most, path, step }: Shown): ManifestProblem[] {
  const text = Object.hasOwn(texts, name) ? texts[name] : undefined
  if (!text) {
    const problem = `the step "${step}" uses the text "${name}", which is not declared`
    return [{ path, step, problem, remedy: 'declare it among the texts' }]
  }
  return Object.entries(text.wording).flatMap(([locale, source]) =>
    findLength(path, (size) => say('words.too_long_in', { name, locale, ...size }), { source, most, step }),
  )
}

function findLength(
  path: string,
  tell: (size: { readonly length: number; readonly most: number }) => Said,
  { source, most, step }: { readonly source: string; readonly most: number; readonly step?: string },
): ManifestProblem[] {
  const length = [...stripTags(source)].length
  if (length <= most) return []
  const said = tell({ length, most })
  return [{ path, ...(step === undefined ? {} : { step }), problem: said.message, said, remedy: 'shorten it' }]
}
