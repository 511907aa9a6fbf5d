import { expect, it } from 'vitest'
import { drawPart } from '../kit/chance/draw.ts'
import { describeOnEachDatabase, describeWithAll, type OpenDatabase } from '../kit/requirements.ts'
import { openSandbox } from '../kit/sandbox.ts'
import { listStories, playStoryFile, renderReport } from '../kit/outside/stories.ts'

const stories = listStories()
const tickets = stories.filter((path) => path.includes('ticket'))
const longest = { timeout: 90_000 }

/** A sandbox of its own for each: stories move the clock, and leave less money behind than they found. */
async function play(open: OpenDatabase, path: string, twice: boolean): Promise<void> {
  const sandbox = await openSandbox({ database: await open() })
  try {
    const report = await playStoryFile(path, sandbox, twice)
    expect(report.passed, renderReport(report)).toBe(true)
  } finally {
    await sandbox.stop()
  }
}

describeOnEachDatabase('stories of the plugins', (open, kind) => {
  const chosen = drawPart(stories, kind === 'sqlite' ? 8 : 2, kind)
  it.concurrent.each(chosen)('%s', longest, (path) => play(open, path, false))

  it.concurrent.each(drawPart(tickets, 1, kind))('%s, every button tapped twice', longest, (path) =>
    play(open, path, true),
  )
})

describeWithAll('all stories of the plugins', () => {
  describeOnEachDatabase('with every button tapped twice', (open) => {
    it.concurrent.each(stories)('%s', longest, (path) => play(open, path, true))
  })
})
