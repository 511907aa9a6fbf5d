import { describe, expect, it } from 'vitest'
import { wordSaid, zhSentences } from '@inthread/console/sayings'
import { listSentences } from '@inthread/sdk/fault'
import './compose.ts'

/** What a page cannot word, by its code: words of somebody else, and what a test has made up. */
const sentences = [...listSentences()].filter(([code]) => !code.startsWith('tea.'))
const namesIn = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)

describe('what the platform says', () => {
  it('is a few hundred sentences, of every part', () => {
    const parts = new Set(sentences.map(([code]) => code.split('.')[0]))
    expect([...parts]).toEqual(
      expect.arrayContaining(['upgrade', 'template', 'grant', 'check', 'form', 'desk', 'plan']),
    )
    expect(sentences.length).toBeGreaterThan(250)
  })

  it.each(sentences)('%s has Chinese words on every page, of the same facts', (code, english) => {
    const chinese = zhSentences[code]
    expect(chinese, `word "${code}" in core/console/page/saying: ${english}`).toMatch(/\p{Script=Han}|^[^a-z]*\{/u)
    const unknown = namesIn(chinese ?? '').filter((name) => !namesIn(english).includes(name))
    expect(unknown).toEqual([])
  })

  it('is worded nowhere but where there is such a sentence', () => {
    const known = new Set(sentences.map(([code]) => code))
    const left = Object.keys(zhSentences).filter((code) => !known.has(code) && !code.startsWith('fault.'))
    expect(left).toEqual([])
  })

  it('is marked on a page that is older than the platform, and so are the words of others', () => {
    const said = { facts: {}, message: 'the kettle is empty' }
    expect(wordSaid({ code: 'kettle.empty', ...said }, 'zh')).toEqual({ text: said.message, by: 'unworded' })
    expect(wordSaid({ code: 'quoted', ...said }, 'en')).toEqual({ text: said.message, by: 'quoted' })
  })

  it('has its place in a file with it', () => {
    const said = { code: 'value.missing', facts: { expected: 'string', line: 3, field: 'fare' }, message: '' }
    expect(wordSaid(said, 'zh').text).toBe('第 3 行 fare：必须填写')
  })
})
