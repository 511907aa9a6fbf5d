import { describe, expect, it } from 'vitest'
import { buildManifest, listManifestProblems } from '@inthread/sdk/manifest'
import { answerSchema, findAmount, listMessages } from './answer.ts'
import plugin from './plugin.ts'

const understand = (words: string, config: object): unknown =>
  plugin.intents['talk']?.understand?.(words, {
    now: 0,
    locale: 'zh-CN',
    timeZone: 'Asia/Shanghai',
    config: { host: 'shop.example.com', ...config },
  })

describe('the scene', () => {
  it('passes the check of its manifest', () => {
    expect(listManifestProblems(buildManifest(plugin))).toEqual([])
  })

  it('takes the words that the tenant has named, and no others', () => {
    const config = { words: ['订餐', 'Order Food'] }
    expect(understand('订餐', config)).toEqual({ words: '订餐' })
    expect(understand(' ＯＲＤＥＲ food ', config)).toEqual({ words: ' ＯＲＤＥＲ food ' })
    expect(understand('我要订餐', config)).toBeUndefined()
    expect(understand('我要订餐', { ...config, everything: true })).toEqual({ words: '我要订餐' })
  })
})

describe('an answer', () => {
  const read = (answer: unknown): boolean => answerSchema.safeParse(answer).success

  it.each([
    [null],
    [{}],
    [{ messages: [{ text: 'a' }, { title: 'b', text: 'c' }] }],
    [{ ask: { text: 'Which?', options: [{ label: 'A', value: 'a' }], words: false } }],
    [{ pay: { amount: '12.50', currency: 'CNY', purpose: 'Noodles', reference: 'o-1' } }],
  ])('may be %j', (answer) => {
    expect(read(answer)).toBe(true)
  })

  it.each([
    ['a text'],
    [[]],
    [{ message: 'a' }],
    [{ messages: 'a' }],
    [{ messages: [{ text: '' }] }],
    [{ messages: [{ text: 'x'.repeat(501) }] }],
    [{ messages: Array.from({ length: 4 }, () => ({ text: 'a' })) }],
    [{ messages: [{ text: 'a', url: 'https://evil.example.com' }] }],
    [{ messages: [{ text: 'a', voice: 'bank' }] }],
    [{ ask: { text: 'a', options: Array.from({ length: 5 }, () => ({ label: 'a', value: 'a' })) } }],
    [{ pay: { amount: 12.5, currency: 'CNY', purpose: 'a', reference: 'a' } }],
    [{ pay: { amount: '12.50', currency: 'CNY', purpose: '', reference: 'a' } }],
    [{ pay: { amount: '12.50', currency: 'CNY', purpose: 'a', reference: 'a', payee: 'me' } }],
  ])('is never %j', (answer) => {
    expect(read(answer)).toBe(false)
  })

  it.each(['0', '0.00', '-1', '1.005', '1e3', '01', ' 1', '1,000', ''])('asks for no payment of %j', (amount) => {
    const pay = { amount, currency: 'CNY', purpose: 'a', reference: 'a' }
    expect(findAmount(answerSchema.parse({ pay }))).toBeUndefined()
  })

  it('asks for no payment in a currency that nobody knows', () => {
    const pay = { amount: '1', currency: 'ZZZ', purpose: 'a', reference: 'a' }
    expect(findAmount(answerSchema.parse({ pay }))).toBeUndefined()
  })

  it('has no messages in which nothing can be seen', () => {
    expect(listMessages(answerSchema.parse({ messages: [{ text: '\u200b\u202e ' }, { text: 'a' }] }))).toEqual([
      { text: 'a' },
    ])
  })
})
