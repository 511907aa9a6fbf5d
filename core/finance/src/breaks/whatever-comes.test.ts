import { it } from 'vitest'
import fc from 'fast-check'
import { getTestSeed } from '../../../../test/kit/chance/seed.ts'
import { describeOnDrawnDatabase } from '../../../../test/kit/requirements.ts'
import { drawnStory } from '../../test/story/drawn.ts'
import { judgeStory } from '../../test/story/judge-story.ts'
import { StatementStory } from '../../test/story/statement-story.ts'

describeOnDrawnDatabase('whatever banks say and state and people decide', (open) => {
  it('the book ends as the bank has it, and no more can be given back than is there', async () => {
    await fc.assert(
      fc.asyncProperty(drawnStory, async (drawn) => {
        const story = await StatementStory.tell(open, drawn)
        await judgeStory(story)
        await story.books.ground.close()
      }),
      { seed: getTestSeed(), numRuns: 8, endOnFailure: true },
    )
  })
})
