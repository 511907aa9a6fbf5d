import { describe, expect, it } from 'vitest'
import { readStory } from './read-story.ts'
import { buildStoryJsonSchema } from './story-schema.ts'

const plain = {
  id: 'a-story',
  title: 'A story',
  given: { locale: 'en', tenants: ['somebody'] },
  turns: [{ user: 'hello' }],
  final: { debits: 0 },
}

function read(change: object): unknown {
  return readStory(JSON.stringify({ ...plain, ...change }))
}

function placesOf(change: object): string[] {
  const answer = readStory(JSON.stringify({ ...plain, ...change }))
  return 'problems' in answer ? answer.problems.map(({ path }) => path) : []
}

describe('readStory', () => {
  it('fills in what may be left out', () => {
    expect(read({})).toEqual({
      story: {
        ...plain,
        given: { ...plain.given, clock: 'now', phone: '+8613800000001' },
        final: { debits: 0, undecided: 0, breaks: 0 },
      },
    })
  })

  it('takes every form of a turn', () => {
    const turns = [
      { tap: 'Pay', expectBot: ['words', { speaker: 'bank', text: ['a', 'b'], cards: 2, buttons: [] }] },
      {
        tap: { label: 'Pay', of: 'an old message' },
        expectBank: [{ payments: 1 }, { transfers: ['pending', 'void'] }],
      },
      { tap: { menu: 'Help' }, phone: '+8613800000002' },
      { clock: 'P1DT2H3M', expectState: { order: { state: 'failed', reason: null }, book: { undecided: 0 } } },
      { fault: { at: 'bank', match: { path: '/v1/payments' }, do: 'decline', times: 2 } },
      { fault: { at: 'operator', match: { operation: 'send' }, do: 'code', errorCode: 30003 } },
      { fault: { at: 'bank', do: 'behave' } },
      { notice: { at: 'bank', account: '****1234', state: 'frozen' } },
      { notice: { at: 'operator', status: 'displayed' } },
    ]
    expect(read({ turns })).toHaveProperty('story.turns', turns)
  })

  it('names everything that is wrong, each with its place', () => {
    const turns = [
      { user: 'a', tap: 'b' },
      { expectBot: ['nothing was done'] },
      { tap: { of: 'a message' } },
      { clock: '15 minutes' },
      { fault: { at: 'bank', match: { path: '/' }, do: 'melt' } },
      { fault: { at: 'moon' } },
      { fault: { at: 'bank', do: 'decline' } },
      { user: 'x', expectBot: [5, {}, { speeker: 'bank', text: 'x' }], expectBank: [{ payments: 1, transfers: [] }] },
    ]
    expect(placesOf({ id: 'No Id', given: { locale: 'en' }, turns })).toEqual([
      '$.id',
      '$.given.tenants',
      '$.turns[0]',
      '$.turns[1]',
      '$.turns[2].tap',
      '$.turns[3].clock',
      '$.turns[4].fault.do',
      '$.turns[5].fault.at',
      '$.turns[6].fault',
      '$.turns[7].expectBot[0]',
      '$.turns[7].expectBot[1]',
      '$.turns[7].expectBot[2].speeker',
      '$.turns[7].expectBank[0]',
    ])
  })

  it.each([
    ['2030-03-05T09:00:00+08:00', []],
    ['09:00', []],
    ['now', []],
    ['25:00', ['$.given.clock']],
    ['2030-03-05T09:00:00', ['$.given.clock']],
  ])('takes the clock %s: problems %j', (clock, problems) => {
    expect(placesOf({ given: { ...plain.given, clock } })).toEqual(problems)
  })

  it('says that a text is no JSON, or no story at all', () => {
    expect(readStory('{ "id": nothing }')).toEqual({
      problems: [{ path: '$', message: expect.stringMatching(/^is not JSON: ./) }],
    })
    expect(readStory('[]')).toEqual({ problems: [{ path: '$', message: expect.any(String) }] })
  })
})

it('has a JSON Schema for editors, which asks for what must be there', () => {
  expect(buildStoryJsonSchema()).toMatchObject({
    type: 'object',
    required: ['id', 'title', 'given', 'turns', 'final'],
    additionalProperties: false,
  })
})
