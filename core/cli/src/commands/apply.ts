import { readDefinition } from './definition.ts'
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
  output.result(result)
  for (const { action, path: place, what, details } of result.plan) {
    output.line(`${action.padEnd(6)} ${what}  ${place}`)
    for (const detail of details) output.line(`       ${detail}`)
  }
  for (const { path: place, message } of result.problems) output.line(`${place}: ${message}`)
  if (result.problems.length > 0) {
    output.line(`${result.problems.length} problem${result.problems.length === 1 ? '' : 's'}; nothing was changed.`)
    return exits.badInput
  }
  output.line(
    result.applied
      ? `Applied; ${result.tenant} is at epoch ${result.epoch}.`
      : options.dryRun
        ? 'Dry run: nothing was changed.'
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
