import { describe, expect, it } from 'vitest'
import type { Message } from '../world/sight.ts'
import { listMismatches, matchMessages } from './match-messages.ts'

type Party = 'merchant' | 'bank' | 'platform'

function message(text: string, party: Party = 'merchant', labels: readonly string[] = []): Message {
  const suggestions = labels.map((label, index) => ({ index, label }))
  return { id: text, direction: 'in', text, speaker: { party }, suggestions }
}

const carousel: Message = {
  id: 'carousel',
  direction: 'in',
  carousel: { cards: [{ title: 'G308', description: '¥553.50' }, { title: 'G310' }] },
  suggestions: [
    { index: 0, label: 'Choose G308' },
    { index: 1, label: 'Choose G310' },
    { index: 2, label: 'Later' },
  ],
  speaker: { party: 'merchant' },
}

describe('listMismatches', () => {
  it.each([
    ['G308'],
    [{ text: ['G308', '¥553.50', 'G310'] }],
    [{ without: ['G312', 'paid'] }],
    [{ cards: 2 }],
    [{ cards: [['G308', '553'], 'G310'] }],
    [{ buttons: ['Choose G308', 'Later'] }],
    [{ speaker: 'merchant' as const, text: 'G310', buttons: ['Later'] }],
  ])('%j fits', (expected) => {
    expect(listMismatches(expected, carousel)).toEqual([])
  })

  it.each([
    ['G312', ['does not say “G312”']],
    [{ speaker: 'bank' as const }, ['is not the bank’s']],
    [{ text: ['G308', 'G312', 'G314'] }, ['does not say “G312”', 'does not say “G314”']],
    [{ without: 'G310' }, ['contains “G310”']],
    [{ cards: 3 }, ['has 2 cards and not 3']],
    [{ cards: ['G308', '¥549.00'] }, ['card 2 does not say “¥549.00”']],
    [{ buttons: [] }, ['has buttons: Choose G308, Choose G310, Later']],
    [{ buttons: ['Later', 'Choose G308'] }, [expect.stringContaining('has no button “Choose G308” there')]],
    [{ buttons: ['Choose'] }, [expect.stringContaining('has no button “Choose” there')]],
  ])('%j does not: %j', (expected, problems) => {
    expect(listMismatches(expected, carousel)).toEqual(problems)
  })
})

describe('matchMessages', () => {
  const [first, second] = [message('first'), message('second')]
  const aside = message('one moment', 'platform')

  it('waits for what is still to come', () => {
    expect(matchMessages(['first', 'second'], [])).toEqual({ kind: 'waiting', missing: ['first', 'second'] })
    expect(matchMessages(['first', 'second'], [first, aside])).toEqual({ kind: 'waiting', missing: ['second'] })
  })

  it('passes the platform’s words by, and takes them where they are expected', () => {
    expect(matchMessages(['first', 'second'], [aside, first, aside, second])).toEqual({ kind: 'complete', used: 4 })
    expect(matchMessages(['one moment', 'first'], [aside, first])).toEqual({ kind: 'complete', used: 2 })
  })

  it('leaves to the next turn what comes after the last one expected', () => {
    expect(matchMessages(['first'], [first, second])).toEqual({ kind: 'complete', used: 1 })
  })

  it('is wrong at once when somebody says something else, or in another order', () => {
    expect(matchMessages(['first'], [second])).toMatchObject({
      kind: 'wrong',
      problem: expect.stringContaining('heard: second'),
    })
    expect(matchMessages(['first', 'second'], [second, first])).toMatchObject({ kind: 'wrong' })
    expect(matchMessages(['first', 'second'], [first, message('extra', 'bank'), second])).toMatchObject({
      kind: 'wrong',
    })
  })

  it('passes repetitions by when it is told what one is', () => {
    const again = { ...first, id: 'first again' }
    expect(matchMessages(['first', 'second'], [first, again, second])).toMatchObject({ kind: 'wrong' })
    expect(matchMessages(['first', 'second'], [first, again, second], ({ id }) => id === again.id)).toEqual({
      kind: 'complete',
      used: 3,
    })
  })
})
