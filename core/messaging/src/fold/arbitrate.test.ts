import { describe, expect, it } from 'vitest'
import { payment } from '@inthread/sdk/capabilities'
import { hours, minutes } from '@inthread/sdk/time'
import { createKeyring } from '../../../../test/kit/ground.ts'
import { shop } from '../../test/sample-shop.ts'
import { till } from '../../test/sample-till.ts'
import { Thread, type ThreadOptions } from '../../test/thread.ts'
import { writeToken, type Token } from '../conversation/token.ts'
import type { Need } from './need.ts'

const openThread = (options: Partial<ThreadOptions> = {}): Thread => new Thread({ plugins: [shop], ...options })
const platform = 'platform: 【Messaging platform】'
const usedButton = `${platform}This button has been used or has expired.`
const slotsOf = (thread: Thread, index = 0): unknown => thread.runs[index]?.state.slots
const tokenIn = (thread: Thread, token: Token): string => {
  const { id: conversationId, bot_id: botId, tenant_id: tenantId } = thread.conversation
  return writeToken(thread.keyring, { tenantId, conversationId, botId }, token)
}

/** As far as the bank's question for a code. */
function openDialogue(bank = till): Thread {
  const answer = (need: Need) => {
    if (need.kind === 'open') return { kind: 'opened' } as const
    if (need.kind === 'present') {
      const text = { title: 'Confirm', description: 'all of it', confirm: 'Confirm payment', cancel: 'Cancel' }
      return { kind: 'presented' as const, text, expiresAt: need.now + 900_000_000 }
    }
    if (need.kind === 'consent') return 'consented' as const
    if (need.kind === 'close') return { name: 'cancelled', data: {} }
    return undefined
  }
  const thread = openThread({ till: bank, answer })
  thread.say('order to Beijing')
  thread.tap('Buy')
  return thread
}

function openCode(): Thread {
  const thread = openDialogue()
  thread.tap('Confirm payment')
  const outcome = { name: 'sent', data: { destination: '138****0001', triesLeft: 3, expiresAt: 1 } }
  thread.tell({ kind: 'effect', visit: thread.runs.at(-1)?.state.visit ?? 0, outcome })
  return thread
}

describe('a tapped button', () => {
  it('answers its question', () => {
    const thread = openThread()
    thread.say('order')
    thread.tap('Beijing')
    expect(thread.heard).toEqual(['merchant: Beijing for ¥12.80'])
    expect(slotsOf(thread)).toEqual({ city: 'Beijing' })
  })

  it('is used up by its answer, tapped twice or found again in an old card', () => {
    const thread = openThread()
    thread.say('order')
    const [first, other] = [thread.postbackOf('Beijing'), thread.postbackOf("Xi'an")]
    thread.tapPostback(first)
    for (const postback of [first, other]) {
      thread.tapPostback(postback)
      expect(thread.heard).toEqual([usedButton])
      expect(slotsOf(thread)).toEqual({ city: 'Beijing' })
    }
  })

  it('is late when its question was asked again since', () => {
    const thread = openThread()
    thread.say('order')
    const before = thread.postbackOf('Beijing')
    thread.say('hm')
    thread.tapPostback(before)
    expect(thread.heard).toEqual([usedButton])
    thread.say('to Rome')
    expect(slotsOf(thread)).toEqual({ city: 'Rome' })
  })

  it('is late when its time is over', () => {
    const thread = openThread()
    thread.say('order')
    const postback = thread.postbackOf('Beijing')
    thread.clock.advance(minutes(5))
    thread.tapPostback(postback)
    expect(thread.heard).toEqual([usedButton])
  })

  it('is late in another conversation, and so is one that nobody wrote', () => {
    const [mine, theirs] = [openThread(), openThread()]
    mine.say('order')
    theirs.clock.advance(minutes(1))
    theirs.say('order')
    theirs.conversation = { ...theirs.conversation, id: theirs.ids.next() }
    for (const postback of [mine.postbackOf('Beijing'), 'order', '', 'r~x~1~0~9.AAAA']) {
      theirs.tapPostback(postback)
      expect(theirs.heard).toEqual([usedButton])
    }
    const forged = writeToken(
      createKeyring(9),
      { ...mine.conversation, tenantId: 'rail', conversationId: '', botId: 'bot' },
      { kind: 'word', word: 'stop' },
    )
    mine.tapPostback(forged)
    expect(mine.draft?.stopped).toBe(false)
  })

  it('of an option that its question does not have is late', () => {
    const thread = openThread()
    thread.say('order')
    const run = thread.runs[0]
    const token: Token = { kind: 'reply', run: run?.row.id ?? '', visit: 1, option: 7, expiresAt: 9e15 }
    thread.tapPostback(tokenIn(thread, token))
    expect(thread.heard).toEqual([usedButton])
  })

  it('with a way in starts it, at any time', () => {
    const thread = openThread()
    thread.say('menu')
    const wayIn = thread.postbackOf('Order')
    thread.clock.advance(hours(1000))
    thread.tapPostback(wayIn)
    expect(thread.heard).toEqual(['merchant: Where to?'])
  })

  it('with a way in that is not there any more shows what is', () => {
    const thread = openThread()
    for (const intent of ['gone', 'constructor', '__proto__']) {
      thread.tapPostback(tokenIn(thread, { kind: 'intent', plugin: 'shop', intent }))
      expect(thread.heard[0]).toContain('I did not understand that. You can choose:')
    }
  })

  it('with a word says it', () => {
    const thread = openThread()
    thread.say('menu')
    thread.tapPostback(thread.postbackOf('Human'))
    expect(thread.draft?.cases).toEqual(['user_asked'])
    thread.tap('Back to the bot')
    thread.tapPostback(tokenIn(thread, { kind: 'word', word: 'constructor' }))
    expect(thread.heard[0]).toContain('You can choose:')
  })
})

describe('typed words', () => {
  it.each(['Beijing', 'beijing', 'ＢＥＩＪＩＮＧ', ' Beijing! '])(
    'that equal a label do what the button does: "%s"',
    (words) => {
      const thread = openThread()
      thread.say('order')
      thread.say(words)
      expect(slotsOf(thread)).toEqual({ city: 'Beijing' })
    },
  )

  it('go to a label before they go to the platform', () => {
    const thread = openThread()
    thread.say('order to Beijing')
    thread.say('cancel')
    expect(thread.heard).toEqual([])
    expect(thread.draft?.journal.map(({ event }) => event.kind)).toEqual(['answered'])
    expect(thread.runs).toEqual([])
  })

  it('go to the platform before they go to a question that would read them', () => {
    const thread = openThread()
    thread.say('order')
    thread.say('help')
    expect(thread.heard[0]).toContain('Type what you would like to do')
    expect(slotsOf(thread)).toEqual({})
    thread.say('help me to Rome')
    expect(slotsOf(thread)).toEqual({ city: 'Helpville' })
  })

  it('go to an open question before they go to a plugin', () => {
    const thread = openThread()
    thread.say('order')
    thread.say('to order')
    expect(slotsOf(thread)).toEqual({ city: 'order' })
  })

  it.each([
    ['1', 'Beijing'],
    ['２', "Xi'an"],
    [' 2 ', "Xi'an"],
  ])('are the number of a reply: "%s"', (words, city) => {
    const thread = openThread()
    thread.say('order')
    thread.say(words)
    expect(slotsOf(thread)).toEqual({ city })
  })

  it.each(['0', '3', '99', '1.5', '１２３', '-1'])('are no number of a reply: "%s"', (words) => {
    const thread = openThread()
    thread.say('order')
    thread.say(words)
    expect(thread.heard).toEqual([
      `${platform}I could not read that. Please say it again, or tap a button.`,
      'merchant: Where to?',
    ])
  })

  it('that nobody reads are asked for again, and given up on after the third time', () => {
    const thread = openThread()
    thread.say('order')
    for (const _ of [1, 2]) {
      thread.say('hm')
      expect(thread.heard).toHaveLength(2)
    }
    thread.say('hm')
    expect([thread.heard, thread.runs]).toEqual([[], []])
  })

  it('start what they name, and take the place of a question of a scene', () => {
    const thread = openThread()
    thread.say('ORDER!')
    expect(thread.heard).toEqual(['merchant: Where to?'])
    thread.say('order to Rome')
    expect(thread.heard).toEqual(['merchant: Rome for ¥12.80'])
    expect(thread.runs).toHaveLength(1)
    expect(thread.draft?.journal.map(({ event }) => event.kind)).toEqual(['cancelled', 'started'])
  })

  it('that mean nothing to anybody show the ways in', () => {
    const thread = openThread()
    for (const words of ['xyzzy', '', '?!', '😀']) {
      thread.say(words)
      expect(thread.heard).toEqual([`${platform}I did not understand that. You can choose:`])
      expect(thread.buttons.map(({ label }) => label)).toEqual(['Order', 'Help', 'Human'])
    }
  })

  it('answer the youngest of several questions', () => {
    const thread = openThread()
    thread.say('order')
    const older = thread.runs[0]
    thread.rows.clear()
    thread.say('order to Rome')
    if (older) thread.rows.set(older.row.id, older.row)
    expect(thread.runs).toHaveLength(2)
    thread.say('Cancel')
    expect(thread.runs.map(({ row }) => row.id)).toEqual([older?.row.id])
    thread.say('to Oslo')
    expect(slotsOf(thread)).toEqual({ city: 'Oslo' })
  })
})

describe('what is no text and no tap', () => {
  it('is said to be nothing that can be read, and kept', () => {
    const thread = openThread()
    thread.say('order')
    thread.hear({ kind: 'file', contentType: 'image/png' })
    expect(thread.heard).toEqual([`${platform}For now only text and buttons can be read here.`])
    expect(thread.draft?.destroyed).toEqual([])
    thread.hear({ kind: 'place', latitude: 1, longitude: 2, label: undefined })
    expect(slotsOf(thread)).toEqual({})
  })
})

describe('the platform’s words', () => {
  it('stop: no announcements, and the open question is over', () => {
    const thread = openThread()
    thread.say('order')
    thread.say('STOP')
    expect(thread.heard).toEqual([
      `${platform}You will get no more announcements. What you ask for yourself goes on as usual.`,
    ])
    expect([thread.conversation.stopped, thread.runs]).toEqual([1, []])
  })

  it('cancel: what is open, or nothing', () => {
    const thread = openThread()
    thread.say('order')
    thread.say('never mind')
    expect([thread.heard, thread.runs]).toEqual([[`${platform}Cancelled.`], []])
    thread.say('cancel')
    expect(thread.heard).toEqual([`${platform}There is nothing to cancel at the moment.`])
  })

  it('are the same in Chinese', () => {
    const thread = openThread({ locale: 'zh-CN' })
    thread.say('取消')
    expect(thread.heard).toEqual(['platform: 【消息平台】目前没有可以取消的事项。'])
  })
})

describe('the bank’s question', () => {
  it('for consent takes its buttons and their words, and nothing else', () => {
    const thread = openDialogue()
    expect(thread.heard).toEqual(['bank: 【Test Bank】Confirm\nall of it'])
    for (const words of ['yes', 'order to Rome', '123456', 'order', '1']) {
      thread.say(words)
      expect(thread.heard).toEqual([`${platform}Please tap "Confirm payment" or "Cancel".`])
    }
    thread.say('confirm payment')
    expect(thread.draft?.journal).toMatchObject([{ event: { kind: 'decided', answer: 'confirmed' } }])
  })

  it('for consent names its own buttons, whatever is confirmed', () => {
    const confirm = { op: 'loan', title: { en: 'Sign the loan' } }
    const { contract } = till
    const operations = { ...payment.operations, pay: { ...payment.operations.pay, confirm } }
    const declaration = { ...contract.declaration, provides: { ...payment, operations } }
    const thread = openDialogue({ ...till, contract: { ...contract, declaration } })
    thread.say('yes')
    expect(thread.heard).toEqual([`${platform}Please tap "Sign the loan" or "Cancel".`])
  })

  it('for consent is refused by its other button and by the platform’s word', () => {
    for (const words of ['Cancel', 'never mind']) {
      const thread = openDialogue()
      thread.say(words)
      expect(thread.heard).toEqual(['merchant: Outcome: cancelled'])
      expect(thread.runs).toEqual([])
    }
  })

  it.each(['123456', '１２３４５６', '12 34-56'])(
    'for a code takes digits, and keeps no more than where they lie: "%s"',
    (words) => {
      const thread = openCode()
      const draft = thread.say(words)
      const secret = draft.input.item.id
      expect(draft.journal).toMatchObject([{ event: { kind: 'answered_in_confidence', secret } }])
      expect(JSON.stringify(draft.journal.map(({ event }) => event))).not.toMatch(/123456|１２/)
      expect([draft.effects, draft.destroyed]).toMatchObject([[{ operation: 'answer', secretId: secret }], []])
    },
  )

  it.each(['12345', '1234567', 'my code is 123456', 'order', 'Buy', ''])(
    'for a code asks again after "%s", which is destroyed',
    (words) => {
      const thread = openCode()
      const draft = thread.say(words)
      expect(thread.heard).toEqual([
        `${platform}Please type the code: 6 digits.`,
        'bank: 【Test Bank】The code sent to 138****0001?',
      ])
      expect(draft.destroyed).toEqual([draft.input.item.id])
    },
  )

  it('for a code leaves the platform’s words to the platform', () => {
    const thread = openCode()
    thread.say('human')
    expect(thread.draft?.cases).toEqual(['user_asked'])
    thread.say('cancel')
    expect(thread.heard).toEqual(['merchant: Outcome: cancelled'])
  })

  it('that is over leaves late codes to be destroyed for a while', () => {
    const thread = openCode()
    thread.say('cancel')
    for (const words of ['123456', '1234', '１２３４ ５６７８']) {
      const draft = thread.say(words)
      expect(thread.heard).toEqual([
        `${platform}No code is needed right now. For your safety the digits were destroyed and not kept.`,
      ])
      expect(draft.destroyed).toEqual([draft.input.item.id])
    }
    expect(thread.say('123').destroyed).toEqual([])
    thread.clock.advance(minutes(10))
    expect(thread.say('123456').destroyed).toEqual([])
  })

  it('that waits for the bank takes no other order meanwhile, but questions of the user are answered', () => {
    const thread = openCode()
    thread.say('123456')
    thread.say('menu')
    expect(thread.heard[0]).toContain('Just say what you need')
    thread.say('cancel')
    expect(thread.runs.map(({ row }) => row.plugin)).toEqual([])
  })
})

describe('a run whose revision is gone', () => {
  it('is ended by the core, and says so to whoever speaks to it', () => {
    const thread = openThread()
    thread.say('order')
    for (const row of thread.rows.values()) row.revision = 99
    thread.say('Rome')
    expect(thread.heard).toEqual([expect.stringContaining('this service cannot go on')])
    expect(thread.runs).toEqual([])
    thread.say('order')
    expect(thread.runs).toHaveLength(1)
  })
})
