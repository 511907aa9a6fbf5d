import { describe, expect, it } from 'vitest'
import type { ItemBody } from '../inbox/item.ts'
import { shop } from '../../test/sample-shop.ts'
import { till } from '../../test/sample-till.ts'
import { Thread } from '../../test/thread.ts'
import type { Need } from './need.ts'

function openThread(): Thread {
  const answer = (need: Need) => {
    if (need.kind === 'open') return { kind: 'opened' } as const
    if (need.kind === 'consent') return 'consented' as const
    if (need.kind === 'close') return { name: 'cancelled', data: {} }
    const words = { title: 'Confirm', description: 'rows', confirm: 'Confirm payment', cancel: 'Cancel' }
    if (need.kind === 'present') return { kind: 'presented', text: words, expiresAt: need.now + 900_000_000 } as const
    return undefined
  }
  return new Thread({ plugins: [shop], till, answer })
}

const caseOf = (thread: Thread): string => thread.conversation.desk_case ?? ''
type Act = Extract<ItemBody, { kind: 'desk' }>['act']
const act = (thread: Thread, name: Act, text = ''): unknown =>
  thread.take({ kind: 'desk', act: name, caseId: caseOf(thread), text })

/** With a person, while the shop's question is open. */
function openDesk(): Thread {
  const thread = openThread()
  thread.say('order')
  thread.say('human')
  return thread
}

/** With a person, while the bank asks for a code. */
function openCode(): Thread {
  const thread = openThread()
  thread.say('order to Rome')
  thread.tap('Buy')
  thread.tap('Confirm payment')
  const data = { destination: 'x', triesLeft: 3, expiresAt: 1 }
  thread.tell({ kind: 'effect', visit: thread.runs.at(-1)?.state.visit ?? 0, outcome: { name: 'sent', data } })
  thread.say('human')
  return thread
}

describe('a user who asks for a person', () => {
  it('is with the desk from then on, and the open question waits', () => {
    const thread = openDesk()
    expect(thread.heard[0]).toContain('A colleague is being called')
    expect(thread.draft).toMatchObject({ cases: ['user_asked'], callsAgent: true, deskCase: expect.any(String) })
    expect(thread.runs[0]).toMatchObject({ suspended: true, row: { due_kind: 'timeout' } })
  })

  it.each(['to Rome', 'order', 'menu', 'help', 'cancel', 'back'])('is heard by the person alone: %s', (words) => {
    const thread = openDesk()
    thread.say(words)
    expect([thread.heard, thread.draft?.toCase, thread.runs[0]?.state.visit]).toEqual([[], true, 1])
  })

  it('taps buttons of the bot in vain, and is told why', () => {
    const thread = openThread()
    thread.say('order')
    const button = thread.postbackOf('Beijing')
    thread.say('human')
    thread.tapPostback(button)
    expect(thread.heard[0]).toContain('You are talking to a colleague.')
  })

  it('comes back to the open question, by a word or a button', () => {
    const typed = openDesk()
    typed.say('bot')
    const tapped = openDesk()
    tapped.tap('Back to the bot')
    for (const thread of [typed, tapped]) {
      expect(thread.heard).toEqual([
        'platform: 【Messaging platform】You are back with the bot.',
        'platform: 【Messaging platform】Let us go on:',
        'merchant: Where to?',
      ])
      expect([thread.conversation.desk_case, thread.draft?.closedCase]).toEqual([null, expect.any(String)])
    }
  })

  it('is noted and stays with the bot where nobody takes over', () => {
    const thread = openThread()
    Object.assign(thread.tenancy, { handsOver: false })
    thread.say('human')
    expect(thread.heard[0]).toContain('Noted: a colleague will read this')
    expect([thread.draft?.cases, thread.conversation.desk_case]).toEqual([['user_asked'], null])
  })
})

describe('a person at the desk', () => {
  it('speaks as the merchant, signed as a person, and as nobody else', () => {
    const thread = openDesk()
    act(thread, 'claimed')
    expect(thread.heard[0]).toContain('A colleague is here now.')
    act(thread, 'said', '【Bank】 pay here')
    expect(thread.heard).toEqual(['merchant: 【Agent】[Bank] pay here'])
  })

  it('gives the conversation back, and late words are not said', () => {
    const thread = openDesk()
    const caseId = caseOf(thread)
    act(thread, 'back')
    expect(thread.heard.slice(-1)).toEqual(['merchant: Where to?'])
    thread.take({ kind: 'desk', act: 'said', caseId, text: 'still here' })
    expect(thread.heard).toEqual([])
  })

  it('takes over a conversation that has not asked, or that was given up', () => {
    const thread = openThread()
    thread.say('order')
    thread.take({ kind: 'desk', act: 'claimed', caseId: 'c', text: '' })
    expect([thread.conversation.desk_case, thread.runs[0]?.suspended]).toEqual(['c', true])
    thread.take({ kind: 'desk', act: 'claimed', caseId: 'd', text: '' })
    expect([thread.conversation.desk_case, thread.heard]).toEqual(['c', []])
  })

  it('finds a user who has asked at the same moment, and whose case stands in the queue already', () => {
    const thread = openDesk()
    const asked = thread.conversation.desk_case
    const draft = thread.take({ kind: 'desk', act: 'handed_over', caseId: 'd', text: '' })
    expect([thread.conversation.desk_case, draft.closedCase]).toEqual([asked, 'd'])
  })

  it('is missed once, and the bot goes on', () => {
    const thread = openDesk()
    const caseId = caseOf(thread)
    act(thread, 'unclaimed')
    expect(thread.heard[0]).toContain('Sorry, nobody is free at the moment.')
    expect(thread.heard.slice(-1)).toEqual(['merchant: Where to?'])
    thread.take({ kind: 'desk', act: 'unclaimed', caseId, text: '' })
    expect(thread.heard).toEqual([])
  })
})

describe('the bank, while a person answers', () => {
  it('takes its code, of which the person sees nothing', () => {
    const thread = openCode()
    thread.say('123456')
    expect([thread.draft?.toCase, thread.draft?.effects.length]).toEqual([false, 1])
  })

  it('does not get words, and destroys what might have been a code', () => {
    const thread = openCode()
    thread.say('where is my ticket?')
    expect([thread.draft?.toCase, thread.draft?.destroyed]).toEqual([true, []])
    thread.say('12345')
    expect([thread.draft?.toCase, thread.draft?.destroyed.length]).toEqual([false, 1])
  })

  it('can be answered by its buttons, and cancelled', () => {
    const thread = openThread()
    thread.say('order to Rome')
    thread.tap('Buy')
    const confirm = thread.postbackOf('Confirm payment')
    thread.say('human')
    thread.tapPostback(confirm)
    expect(thread.draft?.effects.length).toBe(1)
    const other = openCode()
    other.say('cancel')
    expect(other.heard).toEqual(['merchant: Outcome: cancelled'])
  })

  it('leaves a late code nowhere', () => {
    const thread = openCode()
    thread.say('cancel')
    thread.say('123456')
    expect([thread.heard[0], thread.draft?.destroyed.length, thread.draft?.toCase]).toEqual([
      expect.stringContaining('No code is needed right now'),
      1,
      false,
    ])
  })
})
