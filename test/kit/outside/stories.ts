import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import {
  openWorld,
  playStory,
  readDefinition,
  readStory,
  renderEnd,
  renderTurn,
  type StoryReport,
} from 'inthread/story'
import type { Sandbox } from '../sandbox.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** Every story of every plugin, by its path. What else is JSON beside them are definitions of their tenants. */
export function listStories(): string[] {
  return globSync('plugins/*/stories/**/*.json', { cwd: root })
    .filter((path) => !path.endsWith('/tenant.json'))
    .sort()
}

/** Plays the file as the command does. */
export async function playStoryFile(path: string, sandbox: Sandbox, twice = false): Promise<StoryReport> {
  const read = readStory(readFileSync(join(root, path), 'utf8'))
  if ('problems' in read)
    throw new Error(read.problems.map((problem) => `${problem.path}: ${problem.message}`).join('\n'))
  const world = openWorld({
    platformUrl: sandbox.house.url,
    bankUrl: sandbox.street.bankUrl,
    operatorUrl: sandbox.street.operatorUrl,
    api: sandbox.api,
    fetch,
    readDefinition,
  })
  const options = { twice, patienceMs: 20_000, pause: (ms: number) => pause(ms), elapsedMs: () => performance.now() }
  return playStory(read.story, { world, options, folder: dirname(join(root, path)) })
}

/** The whole story as the command prints it, for the message of a test that fails. */
export function renderReport(report: StoryReport): string {
  return [report.title, ...report.turns.flatMap(renderTurn), ...renderEnd(report)].join('\n')
}
