import { describe, expect, it } from 'vitest'
import { readTrain } from './read-train.ts'
import { readChangeVerdict, readCorrection, readVerdict } from './read-verdict.ts'

const shown = ['G308', 'G310', 'D2', 'G312']

describe('readTrain', () => {
  it.each([
    ['G308', 'G308'],
    ['ｇ３０８', 'G308'],
    ['310', 'G310'],
    ['选G312吧', 'G312'],
    ['我要G310', 'G310'],
    ['第一趟', 'G308'],
    ['第四个', 'G312'],
    ['4', 'G312'],
    ['最后一班', 'G312'],
    ['the first one', 'G308'],
    ['take the second train', 'G310'],
    ['last', 'G312'],
  ])('finds the train meant by %s', (words, train) => {
    expect(readTrain(words, shown)).toBe(train)
  })

  it('does not choose when the words fit two trains', () => {
    expect(readTrain('2', shown)).toBeUndefined()
  })

  const none = ['', '5', '0', 'G999', '不要G308', '第五趟', 'fifth', 'G308 or G310', '!'.repeat(1000)]
  it.each(none)('finds none for %j', (words) => {
    expect(readTrain(words, shown)).toBeUndefined()
  })
})

describe('readVerdict', () => {
  it('knows a plain yes and a plain no', () => {
    expect(['对', '好的！', 'Yes.', 'ＯＫ', '确认', 'confirm'].map(readVerdict)).toEqual(Array(6).fill('yes'))
    expect(['不对', '算了', 'No', 'wrong'].map(readVerdict)).toEqual(['no', 'no', 'no', 'no'])
  })

  it('takes the wish to change something for a no to what was read, and never for a no to a change', () => {
    const words = ['改', '改一下', 'change', '确认']
    expect(words.map(readCorrection)).toEqual(['no', 'no', 'no', 'yes'])
    expect(words.map(readChangeVerdict)).toEqual(['yes', undefined, 'yes', 'yes'])
    expect(words.map(readVerdict)).toEqual([undefined, undefined, undefined, 'yes'])
    expect(readChangeVerdict('不改')).toBe('no')
  })

  it('leaves everything else alone', () => {
    expect(['', '对不起', 'yes but later', '好吗', '.'.repeat(1000)].map(readVerdict)).toEqual(Array(5).fill(undefined))
  })
})
