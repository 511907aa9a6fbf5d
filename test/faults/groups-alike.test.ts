import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { expect, it, onTestFinished } from 'vitest'
import type { TestDatabase } from '../kit/databases.ts'
import { describeOnEachDatabase } from '../kit/requirements.ts'
import { CrowdedHouse } from './groups/crowded-house.ts'
import { listDifferences, type Description } from './groups/describe-house.ts'
import { writeScripts } from './groups/scripts.ts'

const crowdSize = 200
/** How far business time moves from one step to the next. */
const stepMs = 1000
const memory = '/dev/shm'

interface Outcome {
  readonly description: Description
  readonly turnCommits: number
}

/** In memory where there is such a folder: nothing here is about power cuts, and there are some thousand commits. */
async function moveToMemory(database: TestDatabase): Promise<TestDatabase> {
  if (!existsSync(memory)) return database
  const folder = await mkdtemp(`${memory}/inthread-test-`)
  onTestFinished(() => rm(folder, { recursive: true }))
  return { ...database, folder }
}

/** Everybody takes a step at once; when all are answered and the house is at rest, the next one. */
async function play(database: TestDatabase, groupSize: number, startMs: number): Promise<Outcome> {
  const house = await CrowdedHouse.open(await moveToMemory(database), groupSize, startMs)
  onTestFinished(() => house.close())
  const { crowd } = house
  const scripts = writeScripts(crowdSize, startMs)
  for (let round = 0; scripts.some(({ steps }) => round < steps.length); round += 1) {
    const taken = scripts.flatMap(({ number, steps }) =>
      steps.slice(round, round + 1).map((step) => ({ number, step })),
    )
    await Promise.all(taken.map(({ number, step }) => crowd.take(number, step)))
    await house.untilRest()
    house.nowMs += stepMs
  }
  await Promise.all(scripts.map(({ number }) => crowd.report(number)))
  await house.untilRest()
  const description = await house.describe()
  await house.close()
  return { description, turnCommits: house.turnCommits }
}

describeOnEachDatabase('groups of turns', (open) => {
  it('leave the same rows whether they are of one, of seven or of sixty-four conversations', async () => {
    const startMs = Math.floor(performance.timeOrigin + performance.now())
    const one = await play(await open(), 1, startMs)
    const seven = await play(await open(), 7, startMs)
    const many = await play(await open(), 64, startMs)
    // Each of the two hundred, and what belongs to nobody in particular.
    expect(one.description.size).toBe(crowdSize + 1)
    expect(listDifferences(one.description, seven.description)).toEqual([])
    expect(listDifferences(one.description, many.description)).toEqual([])
    // They were groups indeed.
    expect(seven.turnCommits).toBeLessThan(one.turnCommits / 3)
    expect(many.turnCommits).toBeLessThan(one.turnCommits / 10)
  }, 240_000)
})
