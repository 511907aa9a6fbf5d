import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { build } from 'esbuild'
import type { StoryProblem } from '@inthread/sdk/testing'
import type { PluginFolder } from './plugin-folder.ts'

/** In a checkout the sources run as they are, in a package what was built of them. */
const workerFile = new URL(`./stories-worker${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url)
const file = 'stories.ts'

/** What came of playing the stories of a plugin's folder. */
export interface StoriesPlayed {
  readonly problems: readonly string[]
  /** How many there are; none where there is no `stories.ts`. */
  readonly count: number
}

/**
 * Plays what `stories.ts` exports as `stories`, in every way a platform may disturb them, in a worker of its own.
 * `stop` ends one that never ends.
 */
export async function playStories({ folder, entry }: PluginFolder, stop: AbortSignal): Promise<StoriesPlayed> {
  if (!existsSync(join(folder, file))) return { problems: [], count: 0 }
  try {
    const answer = await runInWorker(await bundleStories({ folder, entry }), stop)
    if (answer === undefined)
      return { problems: [`${file} exports no "stories": export const stories = [story(…)]`], count: 0 }
    const problems = answer.problems.map(({ story, variant, problem }) => `"${story}", ${variant}: ${problem}`)
    return { problems, count: answer.count }
  } catch (error) {
    return {
      problems: [`${file} cannot be played: ${error instanceof Error ? error.message : String(error)}`],
      count: 0,
    }
  }
}

/** The plugin, its stories and the kit as one script: all of them mean the same plugin. */
async function bundleStories({ folder, entry }: PluginFolder): Promise<string> {
  const contents = [
    `import plugin from ${JSON.stringify(`./${basename(entry)}`)}`,
    `import * as told from ${JSON.stringify(`./${file}`)}`,
    `import { checkStories } from '@inthread/sdk/testing'`,
    `const { stories } = told as { stories?: Parameters<typeof checkStories>[1] }`,
    `export default stories && { count: stories.length, problems: await checkStories(plugin, stories) }`,
  ]
  const result = await build({
    stdin: { contents: contents.join('\n'), resolveDir: folder, loader: 'ts' },
    absWorkingDir: folder,
    ...{ bundle: true, write: false, format: 'esm', platform: 'node', target: 'es2023', logLevel: 'silent' },
  } as const)
  return result.outputFiles[0]?.text ?? ''
}

interface Answer {
  readonly count: number
  readonly problems: readonly StoryProblem[]
}

async function runInWorker(bundle: string, stop: AbortSignal): Promise<Answer | undefined> {
  const worker = new Worker(workerFile, { workerData: bundle, resourceLimits: { maxOldGenerationSizeMb: 256 } })
  try {
    return await new Promise<Answer | undefined>((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('error', reject)
      worker.once('exit', () => reject(new TypeError('they ended the process they were played in')))
      stop.addEventListener('abort', () => reject(new TypeError('they were still playing after a minute')))
    })
  } finally {
    await worker.terminate()
  }
}
