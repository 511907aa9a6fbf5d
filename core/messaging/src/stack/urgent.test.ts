import { describe, expect, it } from 'vitest'
import { defineContract, defineFlow, definePlugin, minutes, reaction, reply, text, textMessage, z } from '@inthread/sdk'
import type { Plugin } from '@inthread/sdk/engine'
import { shop } from '../../test/sample-shop.ts'
import { till } from '../../test/sample-till.ts'
import { Thread } from '../../test/thread.ts'
import type { Need } from '../fold/need.ts'
import type { ItemBody } from '../inbox/item.ts'

const news = z.strictObject({ id: z.string() })
const contract = defineContract({
  id: 'alarm',
  publisher: 'somebody',
  version: '1.0.0',
  host: '^0.1',
  locales: ['en'],
  title: { en: 'Alarm' },
  config: z.strictObject({}),
  needs: {},
  collections: {},
  listens: {
    spent: { plugin: 'bank', event: 'card.spent', data: news, urgent: true },
    told: { plugin: 'bank', event: 'card.told', data: news, urgent: true },
  },
  egress: {
    bank: {
      host: 'bank.example.com',
      purpose: { en: 'to look it up' },
      data: ['public'],
      answer: z.strictObject({}),
    },
  },
  texts: {
    wasIt: text({ id: 'text' }, { en: 'Was {{id}} you?' }),
    me: text({}, { en: 'It was me' }),
    thanks: text({}, { en: 'Thank you.' }),
    told: text({ id: 'text' }, { en: 'About {{id}}.' }),
  },
})

const state = z.strictObject({ answer: z.string() }).partial()

/** Looks it up first, like whatever begins with a word of the bank's. */
const spent = defineFlow(contract, {
  id: 'spent',
  revision: 1,
  input: news,
  state,
  start: 'look',
  steps: {
    look: {
      kind: 'fetch',
      from: 'bank',
      request: () => ({ method: 'GET', path: '/' }),
      on: { answered: 'ask', failed: 'end' },
    },
    ask: {
      kind: 'ask',
      slot: 'answer',
      prompt: ({ t, input }) => textMessage(t('wasIt', { id: input.id }), [reply(t('me'), 'me')]),
      timeout: { afterMs: minutes(60), to: 'end' },
      next: 'thank',
    },
    thank: { kind: 'say', message: ({ t }) => textMessage(t('thanks')), next: 'end' },
    end: { kind: 'end' },
  },
})

const told = defineFlow(contract, {
  id: 'told',
  revision: 1,
  input: news,
  state,
  start: 'tell',
  steps: {
    tell: { kind: 'say', message: ({ t, input }) => textMessage(t('told', { id: input.id })), next: 'end' },
    end: { kind: 'end' },
  },
})

const alarm: Plugin = definePlugin(contract, {
  flows: [spent, told],
  reactions: {
    spent: reaction({ flow: spent, input: (data) => data }),
    told: reaction({ flow: told, input: (data) => data }),
  },
})

const goOn = 'platform: 【Messaging platform】Let us go on:'

function openThread(): Thread {
  const answer = (need: Need) => {
    if (need.kind === 'open') return { kind: 'opened' } as const
    if (need.kind === 'consent') return 'consented' as const
    if (need.kind === 'commit') return { kind: 'accepted' } as const
    if (need.kind === 'close') return { name: 'succeeded', data: { receipt: 'R1' } }
    if (need.kind !== 'present') return undefined
    const words = { title: 'Confirm', description: 'rows', confirm: 'Confirm payment', cancel: 'Cancel' }
    return { kind: 'presented', text: words, expiresAt: need.now + 900_000_000 } as const
  }
  return new Thread({ plugins: [shop, alarm], till, answer })
}

const eventOf = (alias: string, id: string): ItemBody => {
  return { kind: 'event', plugin: 'alarm', alias, data: { id }, causes: [] }
}
const runOf = (thread: Thread, flow: string) => thread.runs.find(({ program }) => program.flow.id === flow)
const waiting = (thread: Thread): readonly string[] =>
  thread.runs.filter(({ suspended }) => suspended).map(({ program }) => program.flow.id)

/** What was looked up comes back. */
function find(thread: Thread): void {
  const run = runOf(thread, 'spent')
  const answer = { kind: 'answered', data: {} } as const
  thread.tell({ kind: 'fetched', visit: run?.state.visit ?? 0, answer }, run?.row.id)
}

function hear(thread: Thread, id = 'A'): void {
  thread.take(eventOf('spent', id))
  find(thread)
}

function answerDialogue(thread: Thread, name: string, data: object = {}): void {
  const run = runOf(thread, 'pay')
  thread.tell({ kind: 'effect', visit: run?.state.visit ?? 0, outcome: { name, data } }, run?.row.id)
}

/** As far as the bank's consent card. */
function openConfirm(): Thread {
  const thread = openThread()
  thread.say('order to Rome')
  thread.tap('Buy')
  return thread
}

/** As far as the order that the bank has, and has not answered. */
function openHandedOver(): Thread {
  const thread = openConfirm()
  thread.tap('Confirm payment')
  answerDialogue(thread, 'verified')
  return thread
}

describe('urgent news', () => {
  it('goes before what a scene asks, which is asked again afterwards', () => {
    const thread = openThread()
    thread.say('order')
    hear(thread)
    expect([thread.heard, waiting(thread)]).toEqual([['merchant: Was A you?'], ['order']])
    thread.say('It was me')
    expect(thread.heard).toEqual(['merchant: Thank you.', goOn, 'merchant: Where to?'])
  })

  it('is in nobody’s way while it is looked up: the open question is still the one that is answered', () => {
    const thread = openThread()
    thread.say('order')
    thread.take(eventOf('spent', 'A'))
    expect([thread.heard, thread.draft?.parked, waiting(thread)]).toEqual([[], false, []])
    thread.say('to Rome')
    expect(thread.heard).toEqual(['merchant: Rome for ¥12.80'])
    find(thread)
    expect([thread.heard, waiting(thread)]).toEqual([['merchant: Was A you?'], ['order']])
  })

  it('that asks nothing leaves the open question where it is', () => {
    const thread = openThread()
    thread.say('order')
    thread.take(eventOf('told', 'A'))
    expect([thread.heard, waiting(thread)]).toEqual([['merchant: About A.'], []])
    thread.say('to Rome')
    expect(thread.heard).toEqual(['merchant: Rome for ¥12.80'])
  })

  it('goes before other urgent news, which is asked again', () => {
    const thread = openThread()
    hear(thread)
    const first = thread.postbackOf('It was me')
    thread.take(eventOf('spent', 'B'))
    const second = thread.runs.at(-1)
    const answer = { kind: 'answered', data: {} } as const
    thread.tell({ kind: 'fetched', visit: second?.state.visit ?? 0, answer }, second?.row.id)
    expect(thread.heard).toEqual(['merchant: Was B you?'])
    thread.tap('It was me')
    expect(thread.heard).toEqual(['merchant: Thank you.', goOn, 'merchant: Was A you?'])
    thread.tapPostback(first)
    expect(thread.heard[0]).toContain('This button has been used')
  })

  it('is never the wish that is dropped for another', () => {
    const thread = openThread()
    hear(thread)
    thread.say('order')
    expect([waiting(thread), thread.heard]).toEqual([['spent'], ['merchant: Where to?']])
    thread.say('cancel')
    expect(thread.heard.at(-1)).toBe('merchant: Was A you?')
  })
})

describe('urgent news while the bank is at work', () => {
  it('is told beside an order that the bank has not answered', () => {
    const thread = openHandedOver()
    hear(thread)
    expect(thread.heard).toEqual(['merchant: Was A you?'])
    thread.say('It was me')
    expect(thread.heard).toEqual(['merchant: Thank you.'])
    const outcome = { name: 'succeeded', data: { receipt: 'R1' } }
    thread.tell({ kind: 'order', outcome, event: null }, runOf(thread, 'pay')?.row.id)
    expect(thread.heard).toEqual(['bank: 【Test Bank】Ended: paid', 'merchant: Outcome: succeeded R1'])
  })

  it('waits while the bank asks for a consent or a code, and comes when the order is handed over', () => {
    const thread = openConfirm()
    thread.take(eventOf('spent', 'A'))
    expect([thread.heard, thread.draft?.parked, thread.draft?.unparks]).toEqual([[], true, false])
    thread.say('Confirm payment')
    expect(thread.draft?.unparks).toBe(false)
    answerDialogue(thread, 'sent', { destination: 'x', triesLeft: 3, expiresAt: 1 })
    expect(thread.draft?.unparks).toBe(false)
    thread.say('123456')
    answerDialogue(thread, 'verified')
    expect(thread.draft?.unparks).toBe(true)
    hear(thread)
    expect([thread.heard, thread.draft?.unparks]).toEqual([['merchant: Was A you?'], false])
  })

  it('comes when the dialogue is cancelled, too', () => {
    const thread = openConfirm()
    thread.take(eventOf('spent', 'A'))
    thread.say('Cancel')
    expect(thread.draft?.unparks).toBe(true)
  })

  it('that was being looked up when the bank began to ask is asked after that', () => {
    const thread = openThread()
    thread.say('order to Rome')
    thread.take(eventOf('spent', 'A'))
    thread.say('Buy')
    find(thread)
    expect([thread.heard, waiting(thread)]).toEqual([[], ['spent']])
    thread.say('Confirm payment')
    answerDialogue(thread, 'verified')
    expect(thread.heard).toEqual([goOn, 'merchant: Was A you?'])
  })

  it('waits five minutes for a consent, and is told beside the card then', () => {
    const thread = openConfirm()
    const expiry = runOf(thread, 'pay')?.row.due_at
    thread.take(eventOf('spent', 'A'))
    const { due_at: at, due_kind: kind, visit = 0 } = runOf(thread, 'pay')?.row ?? {}
    expect(kind).toBe('giveWay')
    thread.clock.advance(((at ?? 0) - thread.clock.now()) / 1000)
    thread.tell({ kind: 'timer', visit, due: 'giveWay' }, runOf(thread, 'pay')?.row.id)
    expect([thread.heard, thread.draft?.unparks]).toEqual([[], true])
    expect(runOf(thread, 'pay')?.row).toMatchObject({ due_kind: 'expiry', due_at: expiry })
    hear(thread)
    expect(thread.heard).toEqual(['merchant: Was A you?'])
    thread.say('whatever')
    expect(thread.heard[0]).toContain('Please tap')
    thread.say('it was me')
    expect(thread.heard).toEqual(['merchant: Thank you.'])
    thread.say('Confirm payment')
    expect(thread.draft?.effects).toMatchObject([{ operation: 'challenge' }])
  })

  it('that comes while the bank prepares its question waits no longer for that', () => {
    const thread = openConfirm()
    thread.say('Confirm payment')
    thread.take(eventOf('spent', 'A'))
    expect([thread.draft?.parked, runOf(thread, 'pay')?.row.due_kind]).toEqual([true, 'slow'])
    answerDialogue(thread, 'sent', { destination: 'x', triesLeft: 3, expiresAt: 1 })
    // A code is waited for two minutes only.
    expect([thread.draft?.unparks, runOf(thread, 'pay')?.row.due_kind]).toEqual([false, 'timeout'])
    thread.tell(
      { kind: 'timer', visit: runOf(thread, 'pay')?.row.visit ?? 0, due: 'timeout' },
      runOf(thread, 'pay')?.row.id,
    )
    expect(thread.draft?.unparks).toBe(true)
  })

  it('that met the bank’s question on its way is asked when that has had its time', () => {
    const thread = openThread()
    thread.say('order to Rome')
    thread.take(eventOf('spent', 'A'))
    thread.say('Buy')
    find(thread)
    const { row } = runOf(thread, 'spent') ?? {}
    expect(row?.due_kind).toBe('giveWay')
    thread.clock.advance(((row?.due_at ?? 0) - thread.clock.now()) / 1000)
    thread.tell({ kind: 'timer', visit: row?.visit ?? 0, due: 'giveWay' }, row?.id)
    expect(thread.heard).toEqual(['merchant: Was A you?'])
  })

  it('takes no code: digits are the bank’s', () => {
    const thread = openThread()
    hear(thread)
    const mine = thread.postbackOf('It was me')
    thread.say('order to Rome')
    thread.tap('Buy')
    thread.tap('Confirm payment')
    answerDialogue(thread, 'sent', { destination: 'x', triesLeft: 3, expiresAt: 1 })
    thread.tapPostback(mine)
    expect(thread.heard).toEqual(['merchant: Thank you.'])
    const { item } = thread.say('123456').input
    expect(thread.draft?.effects).toMatchObject([{ operation: 'answer', secretId: item.id }])
  })
})

describe('urgent news while a person answers', () => {
  it('is told, its buttons work, and all words are for the person', () => {
    const thread = openThread()
    thread.say('order')
    thread.say('human')
    hear(thread)
    expect(thread.heard).toEqual(['merchant: Was A you?'])
    const mine = thread.postbackOf('It was me')
    for (const words of ['It was me', 'cancel']) {
      thread.say(words)
      expect([thread.heard, thread.draft?.toCase]).toEqual([[], true])
    }
    thread.tapPostback(mine)
    expect([thread.heard, waiting(thread)]).toEqual([['merchant: Thank you.'], ['order']])
  })
})
