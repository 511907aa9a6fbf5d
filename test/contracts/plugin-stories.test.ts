import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { checkStories, compareJournal, readJournal, recordJournal, writeJournal } from '@inthread/sdk/testing'
import { listPlugins } from '../kit/scenes/list-plugins.ts'

/** `INTHREAD_RECORD_JOURNALS=1` writes them anew: what the plugins now do is then what they should do. */
const records = process.env['INTHREAD_RECORD_JOURNALS'] === '1'

describe.each((await listPlugins()).map(({ folder, plugin, stories }) => [folder, plugin, stories] as const))(
  'the stories of %s',
  (folder, plugin, stories) => {
    const journals = fileURLToPath(new URL(`../../plugins/${folder}/journals/`, import.meta.url))
    const pathOf = (name: string): string => `${journals}${name}.json`

    it('hold in every way a platform may disturb them', async () => {
      expect(await checkStories(plugin, stories)).toEqual([])
    })

    // Only on demand: a test that writes what it is held against would never fail.
    it.runIf(records)('are recorded', async () => {
      rmSync(journals, { recursive: true, force: true })
      mkdirSync(journals)
      for (const story of stories) writeFileSync(pathOf(story.name), writeJournal(await recordJournal(story)))
    })

    it('have a journal each, and no journal is without its story', () => {
      const names = existsSync(journals) ? readdirSync(journals) : []
      expect(names.toSorted()).toEqual(stories.map(({ name }) => `${name}.json`).toSorted())
    })

    it.each(stories.map(({ name }) => name))('still do what the journal of %s says', async (name) => {
      const recorded = readFileSync(pathOf(name), 'utf8')
      expect(compareJournal(plugin, readJournal(recorded)).join('\n')).toBe('')
      const story = stories.find((candidate) => candidate.name === name)
      expect(story && writeJournal(await recordJournal(story))).toBe(recorded)
    })
  },
)
