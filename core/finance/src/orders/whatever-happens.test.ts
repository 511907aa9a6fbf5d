import { it } from 'vitest'
import fc from 'fast-check'
import { hours } from '@inthread/sdk/time'
import { getTestSeed } from '../../../../test/kit/chance/seed.ts'
import { describeOnDrawnDatabase, type OpenDatabase } from '../../../../test/kit/requirements.ts'
import { drawnHistory, type History } from '../../test/truth/draw-steps.ts'
import { WorldJudge } from '../../test/truth/judge-world.ts'
import { World } from '../../test/truth/world.ts'

describeOnDrawnDatabase('whatever happens to orders in two processes', (open) => {
  it('each is paid once and told once, and the book ends as the bank has it', async () => {
    await fc.assert(
      fc.asyncProperty(drawnHistory, (history) => live(open, history)),
      { seed: getTestSeed(), numRuns: 8, endOnFailure: true },
    )
  })
})

async function live(open: OpenDatabase, history: History): Promise<void> {
  const world = await World.open(open, history)
  const judge = new WorldJudge(world)
  try {
    let begun: Promise<void>[] = []
    for (const [step, place, waits] of history.steps) {
      begun.push(world.take(step, place))
      if (!waits) continue
      await Promise.all(begun)
      begun = []
      if (step.step !== 'pump') continue
      await world.settle()
      await judge.judge()
    }
    await Promise.all(begun)
    await calmDown(world, judge)
    await judge.judgeEnd()
  } finally {
    await world.close()
  }
}

/** The bank answers well from now on, and states what it has done; people decide what is left. */
async function calmDown(world: World, judge: WorldJudge): Promise<void> {
  world.bank.calm = true
  for (let round = 0; round < 14; round += 1) {
    world.bank.decide(round)
    await world.advance(hours(round > 8 ? 3 : 0.5))
    await world.settle()
    await judge.judge()
  }
  await world.take({ step: 'lapse', on: 2 }, 0)
  for (let day = 0; day < 6; day += 1) {
    await world.readDay(day % 2 === 0)
    await world.settle()
    if (day > 2) await world.decideAll()
    await judge.judge()
  }
}
