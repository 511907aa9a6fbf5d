import { expect, it, onTestFinished } from 'vitest'
import type { TestDatabase } from '../kit/databases.ts'
import { describeOnDrawnDatabase } from '../kit/requirements.ts'
import { CrowdedHouse } from './groups/crowded-house.ts'
import { listDifferences, type Description } from './groups/describe-house.ts'
import { writeScripts } from './groups/scripts.ts'

/** How far business time moves from one step to the next. */
const stepMs = 1000

interface Plan {
  readonly crowdSize: number
  readonly groupSize: number
  readonly startMs: number
}

interface Outcome {
  readonly description: Description
  readonly turnCommits: number
}

/** Everybody takes a step at once; when all are answered and the house is at rest, the next one. */
async function play(database: TestDatabase, { crowdSize, groupSize, startMs }: Plan): Promise<Outcome> {
  const house = await CrowdedHouse.open(database, groupSize, startMs)
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

describeOnDrawnDatabase('groups of turns', (open) => {
  const crowdSize = process.env['INTHREAD_TEST_ALL'] === '1' ? 200 : 100

  it('leave the same rows whether they are of one, of seven or of sixty-four conversations', async () => {
    const startMs = Math.floor(performance.timeOrigin + performance.now())
    const one = await play(await open(), { crowdSize, groupSize: 1, startMs })
    const seven = await play(await open(), { crowdSize, groupSize: 7, startMs })
    const many = await play(await open(), { crowdSize, groupSize: 64, startMs })
    // Each person, and what belongs to nobody in particular.
    expect(one.description.size).toBe(crowdSize + 1)
    expect(listDifferences(one.description, seven.description)).toEqual([])
    expect(listDifferences(one.description, many.description)).toEqual([])
    // They were groups indeed.
    expect(seven.turnCommits).toBeLessThan(one.turnCommits / 3)
    expect(many.turnCommits).toBeLessThan(one.turnCommits / 10)
  }, 240_000)
})
