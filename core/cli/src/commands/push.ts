import { readPackage } from '../plugin/build-package.ts'
import { exits, type Output } from './output.ts'
import { openPlatform, toCommandError, type PlatformOptions } from './platform.ts'

/** Uploads what the last build left in `dist`. It is in use only when the bank has reviewed and listed it. */
export async function runPush(path: string, options: PlatformOptions, output: Output): Promise<number> {
  const { api, url } = openPlatform(options)
  const answer = await api.plugins.upload.mutate(readPackage(path)).catch((error: unknown) => {
    throw toCommandError(error)
  })
  output.result(answer)
  for (const problem of answer.problems) output.line(problem)
  if (answer.problems.length > 0 || !answer.package) {
    output.line(`${answer.problems.length} problem${answer.problems.length === 1 ? '' : 's'}; nothing was stored.`)
    return exits.badInput
  }
  output.line(`${answer.package.id} ${answer.package.version} is at ${url}: ${answer.package.state}.`)
  output.line(`Digest ${answer.digest}. It waits for a review; what a reviewer sees is what "plugin draw" shows.`)
  return exits.ok
}
