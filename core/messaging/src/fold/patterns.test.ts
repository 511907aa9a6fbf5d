import { describe, expect, it } from 'vitest'
import { defineContract, defineFlow, definePlugin, intent, reaction, text, textMessage, z } from '@inthread/sdk'
import type { FetchAnswer, Plugin } from '@inthread/sdk/engine'
import { hours, minutes } from '@inthread/sdk/time'
import { errands } from '../../../../test/kit/scenes/errands.ts'
import { thanks } from '../../../../test/kit/scenes/thanks.ts'
import { shop } from '../../test/sample-shop.ts'
import { till } from '../../test/sample-till.ts'
import { Thread } from '../../test/thread.ts'
import type { ItemBody } from '../inbox/item.ts'
import type { Need } from './need.ts'

type Opened = { readonly thread: Thread; readonly asked: Need[] }

function openThread(...plugins: readonly Plugin[]): Opened {
  const asked: Need[] = []
  const answer = (need: Need) => {
    asked.push(need)
    if (need.kind === 'open') return { kind: 'opened' } as const
    if (need.kind === 'consent') return 'consented' as const
    if (need.kind === 'write') return { written: true }
    if (need.kind === 'hold') return { hold: { id: need.holder.holdId, unit: 1, until: 0 } }
    if (need.kind === 'documents') return [{ id: '1', words: 'x' }]
    if (need.kind === 'close') return { name: 'cancelled', data: {} }
    if (need.kind !== 'present') return undefined
    const words = { title: 'Confirm', description: 'rows', confirm: 'Confirm payment', cancel: 'Cancel' }
    return { kind: 'presented', text: words, expiresAt: need.now + 900_000_000 } as const
  }
  return { asked, thread: new Thread({ plugins: [errands, shop, thanks, ...plugins], till, answer }) }
}

const stepsOf = (thread: Thread): readonly string[] => thread.runs.map(({ state }) => state.step)
const waiting = (thread: Thread): readonly string[] =>
  thread.runs.filter(({ suspended }) => suspended).map(({ program }) => program.flow.id)
const fetched = (thread: Thread, answer: FetchAnswer): unknown =>
  thread.tell({ kind: 'fetched', visit: thread.runs.at(-1)?.state.visit ?? 0, answer })
const fire = (thread: Thread): unknown => {
  const row = thread.runs.at(-1)?.row
  return thread.tell({ kind: 'timer', visit: row?.visit ?? 0, due: row?.due_kind ?? '' })
}

/** As far as the price, which a host outside is asked for. */
function openPrice(): Opened {
  const open = openThread()
  open.thread.say('buy')
  open.thread.say('A3')
  open.thread.say('Nanjing路')
  return open
}

describe('a sub-flow', () => {
  it('asks in the voice and for the holds of the flow that runs it, and hands its result back', () => {
    const { thread, asked } = openThread()
    thread.say('buy')
    thread.say('A3')
    const [below, above] = thread.runs
    expect(above?.row).toMatchObject({
      parent_id: below?.row.id,
      root_id: below?.row.id,
      bank_id: null,
      flow: 'street',
    })
    expect(thread.heard).toEqual(['merchant: To which street?'])
    thread.say('Nanjing路')
    expect(thread.runs.map(({ state }) => state.slots)).toEqual([{ article: 'A3', street: 'Nanjing路' }])
    fetched(thread, { kind: 'answered', data: { cents: 1250 } })
    expect(asked.at(-1)).toMatchObject({ kind: 'hold', holder: { runId: below?.row.id } })
  })

  it('is cancelled with all that is below it', () => {
    const { thread } = openThread()
    thread.say('buy')
    thread.say('A3')
    thread.say('cancel')
    expect([thread.heard, thread.runs]).toEqual([['platform: 【Messaging platform】Cancelled.'], []])
  })

  it('is no dialogue of the bank: another wish goes before it', () => {
    const { thread } = openThread()
    thread.say('buy')
    thread.say('A3')
    thread.say('note')
    expect(waiting(thread)).toEqual(['street'])
    thread.say('milk')
    expect(thread.heard.slice(-2)).toEqual([
      'platform: 【Messaging platform】Let us go on:',
      'merchant: To which street?',
    ])
  })
})

describe('a host that is asked', () => {
  it('is an effect, and a user who waits for it is told so', () => {
    const { thread } = openPrice()
    expect(thread.draft?.effects).toMatchObject([
      {
        kind: 'fetch',
        request: { botId: 'bot', plugin: 'errands', from: 'prices', deadlineMs: 5000, request: { path: '/price' } },
      },
    ])
    expect(thread.runs.at(-1)?.row.due_kind).toBe('slow')
    fire(thread)
    expect(thread.heard).toEqual(['platform: 【Messaging platform】One moment, we are working on it.'])
  })

  it('may fail, and an answer of an earlier time changes nothing', () => {
    const { thread } = openPrice()
    thread.tell({ kind: 'fetched', visit: 1, answer: { kind: 'answered', data: { cents: 1 } } })
    expect([thread.heard, stepsOf(thread)]).toEqual([[], ['price']])
    fetched(thread, { kind: 'failed', reason: 'late' })
    expect([thread.heard, thread.runs]).toEqual([['merchant: No price: late'], []])
  })
})

describe('a reminder', () => {
  it('comes once, before the time-out, and buttons stay good until then', () => {
    const { thread } = openThread()
    thread.say('note')
    const asked = thread.clock.now()
    expect(thread.runs[0]?.row).toMatchObject({ due_kind: 'reminder', due_at: asked + minutes(10) * 1000 })
    thread.clock.advance(minutes(10))
    fire(thread)
    expect(thread.heard).toEqual(['merchant: Still waiting for your note.'])
    expect(thread.runs[0]?.row).toMatchObject({ due_kind: 'timeout', due_at: asked + minutes(20) * 1000 })
    fire(thread)
    expect([thread.heard, thread.runs]).toEqual([['merchant: Nothing noted.'], []])
  })
})

describe('going back', () => {
  it('asks the question before again, with what was known then', () => {
    const { thread } = openThread()
    thread.say('order')
    thread.say('to Rome')
    thread.say('go back')
    expect([thread.heard, thread.runs[0]?.state.slots]).toEqual([['merchant: Where to?'], {}])
    thread.say('go back')
    expect(thread.heard).toEqual([
      'platform: 【Messaging platform】This is the first question already.',
      'merchant: Where to?',
    ])
  })

  it('is nothing to do when nothing is open', () => {
    const { thread } = openThread()
    thread.say('back')
    expect(thread.heard[0]).toContain('Nothing is under way')
    thread.say('start over')
    expect(thread.heard[0]).toContain('Nothing is under way')
  })

  it.each(['back', 'start over'])('is not done with what the bank asks: %s', (word) => {
    const { thread } = openThread()
    thread.say('order to Rome')
    thread.tap('Buy')
    thread.say(word)
    expect(thread.heard).toEqual(['platform: 【Messaging platform】Please tap "Confirm payment" or "Cancel".'])
    expect(thread.runs).toHaveLength(2)
  })
})

describe('starting over', () => {
  it('begins the same wish anew with the same input, from a sub-flow too', () => {
    const { thread } = openThread()
    thread.say('order to Rome')
    thread.say('start over')
    expect([thread.heard, thread.runs.map(({ state }) => state.slots)]).toEqual([
      ['merchant: Rome for ¥12.80'],
      [{ city: 'Rome' }],
    ])
    thread.say('cancel')
    thread.say('buy')
    thread.say('A3')
    thread.say('start over')
    expect(stepsOf(thread)).toEqual(['shopPage'])
  })
})

describe('another wish', () => {
  it('goes before the open question, which is asked again afterwards', () => {
    const { thread } = openThread()
    thread.say('order')
    thread.say('note')
    expect([thread.heard, waiting(thread)]).toEqual([['merchant: What shall I note?'], ['order']])
    expect(thread.runs[0]?.row).toMatchObject({ due_kind: 'timeout', due_at: thread.clock.now() + hours(12) * 1000 })
    thread.say('milk')
    expect(thread.heard).toEqual([
      'merchant: Noted: milk',
      'platform: 【Messaging platform】Let us go on:',
      'merchant: Where to?',
    ])
    thread.tap('Beijing')
    expect(thread.heard).toEqual(['merchant: Beijing for ¥12.80'])
  })

  it('of the same flow takes the place of what is open of it, also of what waits', () => {
    const { thread } = openThread(askerOf('one'))
    thread.say('order')
    thread.say('order to Rome')
    expect([thread.runs.length, waiting(thread)]).toEqual([1, []])
    thread.say('one')
    thread.say('order to Rome')
    expect(thread.runs.map(({ program, suspended }) => [program.flow.id, suspended])).toEqual([
      ['one', true],
      ['order', false],
    ])
  })

  it('is not begun again while the bank works on it: the user hears that it is under way', () => {
    const { thread } = openThread()
    thread.say('order to Rome')
    thread.tap('Buy')
    thread.tap('Confirm payment')
    const ids = thread.runs.map(({ row }) => row.id)
    thread.say('order to Rome')
    expect(thread.heard).toEqual([expect.stringContaining('No need to ask again')])
    expect(thread.runs.map(({ row }) => row.id)).toEqual(ids)
    thread.say('order to Oslo')
    expect(thread.runs).toHaveLength(3)
  })

  it('is cancelled alone: what waited is asked again, and the user hears both', () => {
    const { thread } = openThread()
    thread.say('order')
    thread.say('note')
    thread.say('cancel')
    expect(thread.heard).toEqual([
      'platform: 【Messaging platform】Cancelled.',
      'platform: 【Messaging platform】Let us go on:',
      'merchant: Where to?',
    ])
  })

  it('leaves three waiting at most: the one that waited longest is dropped', () => {
    const { thread } = openThread(...['one', 'two', 'three', 'four'].map(askerOf))
    for (const word of ['order', 'one', 'two', 'three']) thread.say(word)
    expect(waiting(thread)).toEqual(['order', 'one', 'two'])
    thread.say('four')
    expect(waiting(thread)).toEqual(['one', 'two', 'three'])
  })

  it('is left for the question that waits by a tap on its button', () => {
    const { thread } = openThread()
    thread.say('order')
    const button = thread.postbackOf('Beijing')
    thread.say('note')
    thread.tapPostback(button)
    expect([thread.heard, waiting(thread)]).toEqual([['merchant: Beijing for ¥12.80'], ['note']])
    thread.tap('Cancel')
    expect(thread.heard.slice(-1)).toEqual(['merchant: What shall I note?'])
  })

  it('does not let a button of what waits go before the bank', () => {
    const { thread } = openThread(askerOf('one'))
    thread.say('order')
    const button = thread.postbackOf('Beijing')
    thread.say('one')
    thread.say('order to Rome')
    thread.tap('Buy')
    thread.tapPostback(button)
    expect(thread.heard[0]).toContain('This button has been used')
    const { thread: other } = openThread(askerOf('one'))
    other.say('buy')
    const take = other.buttons.find(({ label }) => label === 'This one')
    other.say('order to Rome')
    other.tap('Buy')
    other.tapPostback(take?.kind === 'reply' ? take.postback : '')
    expect(other.heard).toEqual(['platform: 【Messaging platform】Please tap "Confirm payment" or "Cancel".'])
  })

  it('never goes before the bank', () => {
    const { thread } = openThread()
    thread.say('order to Rome')
    thread.tap('Buy')
    thread.say('note')
    expect(thread.heard).toEqual(['platform: 【Messaging platform】Please tap "Confirm payment" or "Cancel".'])
  })
})

describe('help', () => {
  it('says what can be said to the open question', () => {
    const { thread } = openThread()
    thread.say('order')
    thread.say('help')
    expect(thread.heard[0]).toContain("Now you can say: Beijing, Xi'an.")
    expect(thread.runs).toHaveLength(1)
  })
})

describe('an event', () => {
  const body = (article: string): ItemBody => {
    return { kind: 'event', plugin: 'thanks', alias: 'sold', data: { article }, causes: ['errands/sold'] }
  }

  it('starts what listens when nothing is open, and waits otherwise', () => {
    const { thread } = openThread()
    thread.take(body('A3'))
    expect([thread.heard, thread.draft?.parked]).toEqual([['merchant: Thank you for A3'], false])
    thread.say('note')
    thread.take(body('A4'))
    expect([thread.heard, thread.draft?.parked]).toEqual([[], true])
    thread.say('milk')
    expect(thread.draft?.unparks).toBe(true)
  })

  it('goes to those that listen, with what led to it', () => {
    const { thread } = openThread(echo)
    thread.take({ kind: 'event', plugin: 'echo', alias: 'sold', data: { article: 'A3' }, causes: ['errands/sold'] })
    expect(thread.draft?.events.map(({ body: { plugin, causes } }) => [plugin, causes])).toEqual([
      ['echo', ['errands/sold', 'echo/heard']],
    ])
  })

  it('is not told again by what it has started', () => {
    const { thread } = openThread(echo)
    const causes = ['echo/heard']
    thread.take({ kind: 'event', plugin: 'echo', alias: 'heard', data: { article: 'A3' }, causes })
    expect([thread.heard, thread.draft?.events]).toEqual([['merchant: Heard A3'], []])
  })

  it('of an alias or a plugin that is not there is nobody’s', () => {
    const { thread } = openThread()
    for (const [plugin, alias] of [['gone', 'sold'] as const, ['thanks', 'gone'] as const])
      thread.take({ kind: 'event', plugin, alias, data: {}, causes: [] })
    expect(thread.heard).toEqual([])
  })
})

/** Asks one thing for ever. */
function askerOf(id: string): Plugin {
  const contract = defineContract({ ...plainContract, id, texts: { ask: text({}, { en: `About ${id}?` }) } })
  const flow = defineFlow(contract, {
    id,
    revision: 1,
    input: z.strictObject({}),
    state: z.strictObject({ word: z.string() }).partial(),
    start: 'ask',
    steps: {
      ask: {
        kind: 'ask',
        slot: 'word',
        prompt: ({ t }) => textMessage(t('ask')),
        timeout: { afterMs: minutes(5), to: 'end' },
        next: 'end',
      },
      end: { kind: 'end' },
    },
  })
  const intents = { ask: intent({ flow, title: { en: id }, words: { en: [id] }, input: {} }) }
  return definePlugin(contract, { flows: [flow], intents })
}

const plainContract = {
  publisher: 'somebody',
  version: '1.0.0',
  host: '^0.1',
  locales: ['en'],
  title: { en: 'Plain' },
  config: z.strictObject({}),
  needs: {},
  collections: {},
} as const

const article = z.strictObject({ article: z.string() })
const echoContract = defineContract({
  ...plainContract,
  id: 'echo',
  emits: { heard: article },
  listens: {
    sold: { plugin: 'errands', event: 'sold', data: article },
    heard: { plugin: 'echo', event: 'heard', data: article },
  },
  texts: { heard: text({ article: 'text' }, { en: 'Heard {{article}}' }) },
})
const repeat = defineFlow(echoContract, {
  id: 'repeat',
  revision: 1,
  input: article,
  state: z.strictObject({}),
  start: 'tell',
  steps: {
    tell: { kind: 'emit', event: 'heard', data: ({ input }) => ({ article: input.article }), next: 'say' },
    say: { kind: 'say', message: ({ t, input }) => textMessage(t('heard', { article: input.article })), next: 'end' },
    end: { kind: 'end' },
  },
})
const again = reaction({ flow: repeat, input: (data: z.infer<typeof article>) => data })
/** Tells on what it hears, and hears that too. */
const echo: Plugin = definePlugin(echoContract, { flows: [repeat], reactions: { sold: again, heard: again } })
