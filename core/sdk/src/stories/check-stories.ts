import type { Plugin } from '../plugin/plugin.ts'
import type { Disturbance } from '../testing/act.ts'
import { openStage, type OpenStage } from '../testing/stage.ts'
import { closeStage } from './close-stage.ts'
import { findConfidences, findReplayProblems } from '../testing/inspect-thread.ts'
import { playBeside } from './play-beside.ts'
import { playStory, type Story } from './story.ts'

/** Something that a story does not survive. */
export interface StoryProblem {
  readonly story: string
  /** In what way it was played, like `told twice`. */
  readonly variant: string
  readonly problem: string
}

const disturbances: Readonly<Record<string, Disturbance>> = {
  'restarted after every entry': { restarts: true },
  'with everything delivered twice': { doubles: true },
  'with everything of before once more, late': { repeats: true },
  'with secrets told to the bank': { confides: true },
}

/**
 * Plays every story as it is told and in every way a platform may disturb it: with a restart after every entry, with
 * everything delivered twice, with late taps and answers, beside another tenant, and with secrets said to the bank.
 * Whatever is not as before is a problem; so is a journal that does not replay, a confidence that the plugin saw, and
 * money that does not add up. `plugin` may be a built one: it takes the place of the one in the stories.
 *
 *     test('every story holds', async () => assert.deepEqual(await checkStories(plugin, stories), []))
 */
export async function checkStories(plugin: Plugin, stories: readonly Story[]): Promise<readonly StoryProblem[]> {
  const problems: StoryProblem[] = []
  const told: Told[] = []
  for (const original of stories) {
    const story = { ...original, setting: { ...original.setting, plugin } }
    const stage = await tryPlay(story, problems)
    if (stage) told.push({ story, stage, record: [...stage.thread.record] })
  }
  for (const [index, each] of told.entries()) {
    problems.push(...(await disturb(each)))
    problems.push(...playTogether(each, told[(index + 1) % told.length] ?? each))
    problems.push(...closeAndInspect(each))
  }
  return problems
}

interface Told {
  readonly story: Story
  readonly stage: OpenStage
  readonly record: readonly string[]
}

async function tryPlay(story: Story, problems: StoryProblem[]): Promise<OpenStage | undefined> {
  try {
    return await playStory(story)
  } catch (error) {
    problems.push({ story: story.name, variant: 'as it is told', problem: describeError(error) })
    return undefined
  }
}

async function disturb({ story, record }: Told): Promise<StoryProblem[]> {
  const found: StoryProblem[] = []
  for (const [variant, disturbance] of Object.entries(disturbances)) {
    const problem = await findDisturbed(story, disturbance, record)
    if (problem !== undefined) found.push({ story: story.name, variant, problem })
  }
  return found
}

async function findDisturbed(
  story: Story,
  disturbance: Disturbance,
  record: readonly string[],
): Promise<string | undefined> {
  try {
    const { thread } = await playStory(story, disturbance)
    return findDifference(record, thread.record) ?? findConfidences(thread)[0]
  } catch (error) {
    return describeError(error)
  }
}

/** Beside the neighbour that the story names, and beside the next story. */
function playTogether(told: Told, next: Told): StoryProblem[] {
  const { story, stage } = told
  const { setting } = story
  const beside = { setting: next.story.setting, acts: next.stage.acts }
  const others = setting.neighbour
    ? [beside, { setting: { ...setting, ...setting.neighbour }, acts: stage.acts }]
    : [beside]
  return others.flatMap((other) => {
    const problem = playBeside({ setting, acts: stage.acts }, other, told.record)
    return problem === undefined ? [] : [{ story: story.name, variant: 'beside another tenant', problem }]
  })
}

/** What is still open goes on until nobody waits any more; then the books have to balance. */
function closeAndInspect({ story, stage }: Told): StoryProblem[] {
  const { setting } = story
  const again = openStage(setting.plugin, setting)
  try {
    const problems = [
      ...findReplayProblems(stage.thread),
      ...findConfidences(stage.thread),
      ...closeStage(again, stage.acts),
    ]
    return problems.map((problem) => ({ story: story.name, variant: 'to its end', problem }))
  } catch (error) {
    return [{ story: story.name, variant: 'to its end', problem: describeError(error) }]
  }
}

/** The first thing that is not as it was. */
function findDifference(before: readonly string[], after: readonly string[]): string | undefined {
  const index = Array.from({ length: Math.max(before.length, after.length) }).findIndex(
    (_, at) => before[at] !== after[at],
  )
  return index < 0
    ? undefined
    : `instead of "${before[index] ?? 'nothing more'}" it goes on with "${after[index] ?? 'nothing more'}"`
}

export function describeError(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
