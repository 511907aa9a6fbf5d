import type { AdminApi } from '@inthread/client'
import { readDefinition } from './definition.ts'
import { planWords, readWords, type WordsChange } from '../office/words.ts'
import { exits, type Output } from './output.ts'
import { openPlatform, toCommandError, type PlatformOptions } from './platform.ts'

export interface ApplyOptions extends PlatformOptions {
  readonly dryRun: boolean
}

/**
 * Brings a tenant definition to the platform: prints the plan and, if there are any, all problems with their places.
 */
export async function runApply(path: string, options: ApplyOptions, output: Output): Promise<number> {
  const { definition, files } = readDefinition(path)
  const { api } = openPlatform(options)
  const result = await api.tenants.apply
    .mutate({ definition, files, dryRun: options.dryRun })
    .catch((error: unknown) => {
      throw toCommandError(error)
    })
  const words = await planOwnWords(path, result, api)
  output.result({ ...result, words: words.map(({ line }) => line) })
  for (const { action, path: place, what, details } of result.plan) {
    output.line(`${action.padEnd(6)} ${what.message}  ${place}`)
    for (const detail of details) output.line(`       ${detail.message}`)
  }
  for (const { path: place, message } of result.problems) output.line(`${place}: ${message}`)
  if (result.problems.length > 0) {
    output.line(`${result.problems.length} problem${result.problems.length === 1 ? '' : 's'}; nothing was changed.`)
    return exits.badInput
  }
  for (const { line } of words) output.line(line)
  const problems = options.dryRun ? [] : await runAll(words, api)
  for (const problem of problems) output.line(problem)
  if (problems.length > 0) return exits.badInput
  output.line(
    result.applied
      ? `Applied; ${result.tenant} is at epoch ${result.epoch}.`
      : options.dryRun
        ? 'Dry run: nothing was changed.'
        : words.length > 0
          ? 'Applied.'
          : 'Nothing to change.',
  )
  const { tenant, waiting, wouldWait } = result
  for (const grant of wouldWait) output.line(`waits  grant ${grant}`)
  if (wouldWait.length > 0)
    output.line('These allow more than before: when it is applied, somebody with another key has to approve them.')
  if (waiting) {
    for (const grant of waiting.grants) output.line(`waits  grant ${grant}`)
    output.line(
      `These allow more than before and are not in force: somebody with another key runs ` +
        `"inthread proposals approve ${waiting.proposal} --tenant ${tenant}".`,
    )
  }
  return exits.ok
}

type Applied = Awaited<ReturnType<AdminApi['tenants']['apply']['mutate']>>

/** The tenant's own words come after its definition, which says what there is to be worded. */
async function planOwnWords(
  path: string,
  { tenant, problems }: Applied,
  api: AdminApi,
): Promise<readonly WordsChange[]> {
  const wanted = readWords(path)
  if (!wanted || tenant === null || problems.length > 0) return []
  return planWords(api, tenant, wanted).catch((error: unknown) => {
    throw toCommandError(error)
  })
}

/** One after the other; what is wrong with one does not keep the others from being said. */
async function runAll(changes: readonly WordsChange[], api: AdminApi): Promise<readonly string[]> {
  const problems: string[] = []
  for (const change of changes) {
    const found = await change.run(api).catch((error: unknown) => {
      throw toCommandError(error)
    })
    for (const problem of found) problems.push(`${change.line}: ${problem}`)
  }
  return problems
}
