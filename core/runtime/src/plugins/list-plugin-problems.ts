import { isPlatformWord, listTargets, type Flow, type Plugin } from '@inthread/sdk/engine'
import { listTemplateProblems } from '@inthread/messaging'

/** What is wrong with a plugin that the compiler cannot see, in sentences. A plugin with problems is not loaded. */
export function listPluginProblems(plugin: Plugin): readonly string[] {
  const { locales, texts } = plugin.contract.declaration
  const wordings = Object.entries(texts).flatMap(([name, text]) =>
    locales.flatMap((locale) => {
      const source = text.wording[locale]
      if (source === undefined) return [`text "${name}" has no wording in ${locale}`]
      const problems = listTemplateProblems(source, { vars: Object.keys(text.vars), keep: text.keep })
      return problems.map((problem) => `text "${name}" in ${locale}: ${problem}`)
    }),
  )
  const flows = Object.values(plugin.flows).flatMap((flow) =>
    listFlowProblems(flow).map((problem) => `flow "${flow.id}": ${problem}`),
  )
  return [...wordings, ...flows, ...listWordProblems(plugin)]
}

function listWordProblems(plugin: Plugin): string[] {
  const missing = plugin.menu
    .filter((name) => !(name in plugin.intents))
    .map((name) => `menu: there is no intent "${name}"`)
  const words = Object.values(plugin.intents).flatMap((intent) => Object.values(intent.words).flat())
  return [
    ...missing,
    ...words.filter((word) => isPlatformWord(word)).map((word) => `the word "${word}" belongs to the platform`),
  ]
}

/** Every step has to be reachable, point to steps that exist, and lead to an end. */
function listFlowProblems(flow: Flow): string[] {
  const names = Object.keys(flow.steps)
  const targets = new Map(Object.entries(flow.steps).map(([name, step]) => [name, listTargets(step)]))
  const unknown = [...targets].flatMap(([name, list]) =>
    list
      .filter((target) => !names.includes(target))
      .map((target) => `step "${name}" leads to "${target}", which does not exist`),
  )
  if (!names.includes(flow.start)) return [...unknown, `it starts at "${flow.start}", which does not exist`]
  const reached = walk([flow.start], (name) => targets.get(name) ?? [])
  const ends = names.filter((name) => flow.steps[name]?.kind === 'end')
  const leading = walk(ends, (name) => names.filter((other) => targets.get(other)?.includes(name)))
  return [
    ...unknown,
    ...names.filter((name) => !reached.has(name)).map((name) => `nothing leads to step "${name}"`),
    ...names.filter((name) => !leading.has(name)).map((name) => `step "${name}" never comes to an end`),
  ]
}

function walk(from: readonly string[], next: (name: string) => readonly string[]): ReadonlySet<string> {
  const seen = new Set(from)
  for (const name of seen) for (const target of next(name)) seen.add(target)
  return seen
}
