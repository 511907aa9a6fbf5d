import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ChannelProfile, RenderedCard, RenderedContent, RenderedSuggestion } from '@inthread/sdk/channel'
import { getTestSeed } from '../../../../test/kit/chance/seed.ts'
import { wildText } from '../../../../test/kit/chance/wild-text.ts'
import { fitContent } from './fit.ts'

const profile: ChannelProfile = {
  textLength: 20,
  titleLength: 10,
  descriptionLength: 15,
  labelLength: 8,
  postbackLength: 2048,
  cardSuggestions: 2,
  chips: 4,
  cards: { min: 2, max: 3 },
  menu: undefined,
}
const plain: ChannelProfile = { ...profile, cards: undefined, textLength: 200 }
const reply = (label: string, postback = `p-${label}`): RenderedSuggestion => ({ kind: 'reply', label, postback })
const card = (title: string, ...labels: readonly string[]): RenderedCard => ({
  title,
  description: undefined,
  suggestions: labels.map((label) => reply(label)),
})
const textOf = (text: string, ...labels: readonly string[]): RenderedContent => ({
  kind: 'text',
  text,
  chips: labels.map((label) => reply(label)),
})
const cardsOf = (cards: readonly RenderedCard[], ...labels: readonly string[]): RenderedContent => ({
  kind: 'cards',
  cards,
  chips: labels.map((label) => reply(label)),
})
const lengthOf = (text: string): number => [...text].length
const suggestionsOf = (content: RenderedContent): readonly RenderedSuggestion[] => [
  ...(content.kind === 'cards' ? content.cards.flatMap(({ suggestions }) => suggestions) : []),
  ...content.chips,
]

describe('a text', () => {
  it('that fits stays as it is', () => {
    expect(fitContent(textOf('😀'.repeat(20), 'yes', 'no'), profile)).toEqual([textOf('😀'.repeat(20), 'yes', 'no')])
  })

  it('that is too long comes in parts, the buttons under the last', () => {
    const parts = fitContent(textOf('a'.repeat(45), 'yes'), profile)
    expect(parts).toEqual([textOf('a'.repeat(20)), textOf('a'.repeat(20)), textOf('a'.repeat(5), 'yes')])
  })

  it('is cut at a line end where there is one not too early', () => {
    const parts = fitContent(textOf('first line is\nsecond line is here'), profile)
    expect(parts.map((part) => part.kind === 'text' && part.text)).toEqual(['first line is', 'second line is here'])
    const early = fitContent(textOf(`ab\n${'c'.repeat(30)}`), profile)
    expect(early.map((part) => part.kind === 'text' && lengthOf(part.text))).toEqual([20, 13])
  })

  it('is counted and cut in code points', () => {
    const parts = fitContent(textOf('😀'.repeat(30)), profile)
    expect(parts.map((part) => part.kind === 'text' && part.text)).toEqual(['😀'.repeat(20), '😀'.repeat(10)])
  })
})

describe('cards', () => {
  it('come in pages, the chips under the last', () => {
    const cards = Array.from({ length: 7 }, (_, index) => card(`c${index}`, 'take'))
    const pages = fitContent(cardsOf(cards, 'other'), profile)
    const counts = pages.map((page) => page.kind === 'cards' && page.cards.length)
    expect(counts).toEqual([3, 3, 1])
    expect(pages.map(({ chips }) => chips.length)).toEqual([0, 0, 1])
    expect(pages.flatMap((page) => (page.kind === 'cards' ? page.cards.map(({ title }) => title) : []))).toEqual(
      cards.map(({ title }) => title),
    )
  })

  it('have their texts cut and marked', () => {
    const long: RenderedCard = {
      title: '价'.repeat(12),
      description: 'd'.repeat(16),
      suggestions: [reply('take this one')],
    }
    expect(fitContent(cardsOf([long]), profile)).toEqual([
      {
        kind: 'cards',
        cards: [
          {
            title: `${'价'.repeat(9)}…`,
            description: `${'d'.repeat(14)}…`,
            suggestions: [reply('take th…', 'p-take this one')],
          },
        ],
        chips: [],
      },
    ])
  })

  it('pass on the buttons that have no room to the chips, before those', () => {
    const [page] = fitContent(cardsOf([card('a', '1', '2', '3'), card('b', '4', '5', '6')], 'x'), profile)
    expect(
      page?.kind === 'cards' && page.cards.map(({ suggestions }) => suggestions.map(({ label }) => label)),
    ).toEqual([
      ['1', '2'],
      ['4', '5'],
    ])
    expect(page?.chips.map(({ label }) => label)).toEqual(['3', '6', 'x'])
  })

  it('are numbered text where a channel has none, every reply a chip', () => {
    const cards = [{ ...card('one', 'take', 'keep'), description: 'first' }, card('two', 'take')]
    expect(fitContent(cardsOf(cards, 'none'), plain)).toEqual([
      {
        kind: 'text',
        text: 'one\nfirst\n  1 take\n  2 keep\n\ntwo\n  3 take',
        chips: [reply('take'), reply('keep'), reply('take 2', 'p-take'), reply('none')],
      },
    ])
  })
})

describe('labels', () => {
  it('are each there once in a list; the second gets a number', () => {
    const [message] = fitContent(textOf('x', 'same', 'same', 'same', 'other'), profile)
    expect(message?.chips.map(({ label }) => label)).toEqual(['same', 'same 2', 'same 3', 'other'])
  })

  it('are told apart also where only their beginnings fit', () => {
    const [message] = fitContent(textOf('x', 'abcdefghi', 'abcdefghij', 'abcdefg…', 'abcd… 2'), profile)
    const labels = message?.chips.map(({ label }) => label) ?? []
    expect(labels[0]).toBe('abcdefg…')
    expect(new Set(labels).size).toBe(4)
    expect(labels.filter((label) => lengthOf(label) > 8)).toEqual([])
  })
})

const labels = fc.oneof(fc.constantFrom('yes', 'no', 'abcdefghijk', 'abcdefghijl', ''), wildText(12))
const suggestions = (most: number): fc.Arbitrary<RenderedSuggestion[]> =>
  fc.array(labels, { maxLength: most }).map((list) => list.map((label, index) => reply(label, `${index}:${label}`)))
const cards = fc.record({
  title: wildText(15),
  description: fc.option(wildText(20), { nil: undefined }),
  suggestions: suggestions(4),
})
const contents: fc.Arbitrary<RenderedContent> = fc.oneof(
  fc.record({ kind: fc.constant('text' as const), text: wildText(80), chips: suggestions(6) }),
  fc.record({
    kind: fc.constant('cards' as const),
    cards: fc.array(cards, { minLength: 1, maxLength: 8 }),
    chips: suggestions(6),
  }),
)

describe('whatever is said', () => {
  it('is within every limit of the channel', () => {
    fc.assert(
      fc.property(contents, fc.boolean(), (content, withCards) => {
        const limits = withCards ? profile : plain
        const fitted = fitContent(content, limits)
        expect(fitted.length).toBeGreaterThan(0)
        for (const part of fitted) assertFits(part, limits)
      }),
      { seed: getTestSeed(), numRuns: 400 },
    )
  })

  it('loses none of its buttons while there is room for them', () => {
    fc.assert(
      fc.property(contents, (content) => {
        const room: ChannelProfile = { ...profile, chips: 100 }
        const before = suggestionsOf(content).map((suggestion) => suggestion.kind === 'reply' && suggestion.postback)
        const after = fitContent(content, room)
          .flatMap(suggestionsOf)
          .map((suggestion) => suggestion.kind === 'reply' && suggestion.postback)
        expect(after.toSorted()).toEqual(before.toSorted())
      }),
      { seed: getTestSeed(), numRuns: 200 },
    )
  })

  it('of a text loses nothing but blanks at a cut', () => {
    fc.assert(
      fc.property(wildText(120), (text) => {
        const parts = fitContent(textOf(text), profile).map((part) => (part.kind === 'text' ? part.text : ''))
        expect(parts.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''))
      }),
      { seed: getTestSeed(), numRuns: 300 },
    )
  })
})

function assertFits(part: RenderedContent, limits: ChannelProfile): void {
  const lists = [part.chips, ...(part.kind === 'cards' ? part.cards.map((each) => each.suggestions) : [])]
  for (const list of lists) {
    const shown = list.map(({ label }) => label)
    expect(new Set(shown).size).toBe(shown.length)
    expect(shown.filter((label) => lengthOf(label) > limits.labelLength)).toEqual([])
  }
  expect(part.chips.length).toBeLessThanOrEqual(limits.chips)
  if (part.kind === 'text') return expect(lengthOf(part.text)).toBeLessThanOrEqual(limits.textLength)
  expect(part.cards.length).toBeLessThanOrEqual(limits.cards?.max ?? 0)
  for (const each of part.cards) {
    expect(lengthOf(each.title)).toBeLessThanOrEqual(limits.titleLength)
    expect(lengthOf(each.description ?? '')).toBeLessThanOrEqual(limits.descriptionLength)
    expect(each.suggestions.length).toBeLessThanOrEqual(limits.cardSuggestions)
  }
}
