import { describe, expect, it } from 'vitest'
import { defineSentences, findSaid, listSentences, quote } from './saying.ts'

const say = defineSentences({
  'tea.cold': 'the tea is cold',
  'tea.few': '"{kind}" is there {n} times',
  'tea.braces': '{{{name}}} has to stay',
})

describe('a sentence', () => {
  it('has a code, its facts, and English words', () => {
    expect(say('tea.few', { kind: 'oolong', n: 2 })).toEqual({
      code: 'tea.few',
      facts: { kind: 'oolong', n: 2 },
      message: '"oolong" is there 2 times',
    })
    expect(say('tea.braces', { name: 'fare' }).message).toBe('{{fare}} has to stay')
  })

  it('is found by its English where it speaks of nothing', () => {
    expect(findSaid('the tea is cold')).toEqual(say('tea.cold'))
    expect(findSaid('the coffee is cold')).toBeUndefined()
    expect(listSentences().get('tea.cold')).toBe('the tea is cold')
  })

  it('of somebody else is quoted', () => {
    expect(quote('no tea')).toEqual({ code: 'quoted', facts: { words: 'no tea' }, message: 'no tea' })
  })
})
