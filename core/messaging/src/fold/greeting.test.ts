import { describe, expect, it } from 'vitest'
import { shop } from '../../test/sample-shop.ts'
import { Thread } from '../../test/thread.ts'

const openThread = (): Thread => new Thread({ plugins: [shop] })
const platform = 'platform: 【Messaging platform】'
const slotsOf = (thread: Thread): unknown => thread.runs[0]?.state.slots

describe('words', () => {
  it('that only greet are greeted back, with the ways in', () => {
    const thread = openThread()
    for (const words of ['Hello!', '你好', ' hi ']) {
      thread.say(words)
      expect(thread.heard).toEqual([`${platform}Hello! Just say what you need, or choose:`])
      expect(thread.buttons.map(({ label }) => label)).toEqual(['Order', 'Help', 'Human'])
    }
  })

  it('that only greet hear what an open question takes, and it stays open', () => {
    const thread = openThread()
    thread.say('order')
    thread.say('hello')
    expect(thread.heard[0]).toContain("Hello! Now you can say: Beijing, Xi'an.")
    thread.say('to Rome')
    expect(slotsOf(thread)).toEqual({ city: 'Rome' })
  })

  it('that only greet are left to a question that reads them, and leave a choice open', () => {
    const thread = openThread()
    thread.say('order')
    thread.say('to hello')
    expect(slotsOf(thread)).toEqual({ city: 'hello' })
    thread.say('order to Beijing')
    thread.say('hello')
    expect(thread.heard[0]).toContain('Hello! Now you can say: Buy')
  })
})
