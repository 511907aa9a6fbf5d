import { describe, expect, it } from 'vitest'
import { defineContract, defineFlow, definePlugin, intent, need, text, textMessage, z } from '@inthread/sdk'
import { payment, paymentDesk } from '@inthread/sdk/capabilities'
import type { Plugin } from '@inthread/sdk/engine'
import { minutes } from '@inthread/sdk/time'
import { Counter } from '../../test/counter.ts'
import { goods } from '../../test/sample-goods.ts'
import { shop } from '../../test/sample-shop.ts'
import { till } from '../../test/sample-till.ts'
import { Thread } from '../../test/thread.ts'
import type { Outcome } from '../ports.ts'
import { foldFailure } from './fold-turn.ts'

interface Open {
  readonly thread: Thread
  readonly bank: Counter
}

function openThread(...plugins: readonly Plugin[]): Open {
  const bank = new Counter()
  return { bank, thread: new Thread({ plugins: [shop, ...plugins], till, answer: (need) => bank.answer(need) }) }
}

const outcome = (name: string, data: unknown = {}): Outcome => ({ name, data })
const visitOf = (thread: Thread): number => thread.runs.at(-1)?.state.visit ?? 0
const effect = (thread: Thread, answer: Outcome): unknown =>
  thread.tell({ kind: 'effect', visit: visitOf(thread), outcome: answer })
const dueOf = (thread: Thread): readonly unknown[] => {
  const row = thread.runs.at(-1)?.row
  return [row?.due_kind, row?.due_at]
}

function openConfirm(): Open {
  const open = openThread()
  open.thread.say('order to Rome')
  open.thread.tap('Buy')
  return open
}

/** As far as the payment that has been handed over. */
function openSubmitted(): Open {
  const open = openConfirm()
  open.thread.tap('Confirm payment')
  effect(open.thread, outcome('sent', { destination: 'x', triesLeft: 3, expiresAt: 1 }))
  open.thread.say('123456')
  effect(open.thread, outcome('verified'))
  return open
}

describe('a scene that calls for payment', () => {
  it('makes an order and lets the bank speak, in the bank’s own voice', () => {
    const { thread, bank } = openConfirm()
    const [scene, dialogue] = thread.runs
    expect(thread.heard).toEqual(['bank: 【Test Bank】Confirm\nrows'])
    expect(bank.asked[0]).toMatchObject({
      kind: 'open',
      order: {
        bankId: 'main',
        capability: 'payment',
        operation: 'pay',
        ...{ botId: 'bot', plugin: 'shop', need: 'pay' },
        input: { amount: { amountMinor: 1280n, currency: 'CNY' }, purpose: 'to Rome' },
        runId: dialogue?.row.id,
        locale: 'en',
      },
    })
    expect(dialogue?.row).toMatchObject({ parent_id: scene?.row.id, bank_id: 'main', voice: 'bank', plugin: 'till' })
    expect(scene?.row).toMatchObject({ parent_id: null, bank_id: null, voice: 'merchant' })
    expect(dueOf(thread)).toEqual(['expiry', thread.clock.now() + 900_000_000])
  })

  it('hears how its order stands, not what the dialogue says of it', () => {
    const { thread, bank } = openConfirm()
    bank.closing = outcome('succeeded', { receipt: 'R1' })
    thread.tap('Cancel')
    expect(thread.heard).toEqual(['merchant: Outcome: succeeded R1'])
    expect(thread.runs).toEqual([])
  })

  it('never sees what was said to the bank', () => {
    const { thread } = openSubmitted()
    const [scene, dialogue] = thread.runs
    expect(scene?.state.slots).toEqual({ city: 'Rome', go: true })
    expect(dialogue?.state.slots).toMatchObject({ code: { secret: expect.any(String) } })
  })

  it('cannot speak as the bank', () => {
    const { thread } = openThread()
    thread.say('forge')
    expect(thread.heard).toEqual(['merchant: [Bank] You have paid.'])
  })

  it('names its order, its dialogue and its effects after what they follow from', () => {
    const ids = [openSubmitted(), openSubmitted()].map(({ thread, bank }) => ({
      runs: thread.runs.map(({ row }) => row.id),
      order: bank.asked.flatMap((asked) => (asked.kind === 'open' ? asked.order.orderId : [])),
    }))
    expect(ids[0]).toEqual(ids[1])
    expect(new Set([...(ids[0]?.runs ?? []), ...(ids[0]?.order ?? [])]).size).toBe(3)
  })
})

describe('the bank’s dialogue', () => {
  it('asks for consent only while the order can be confirmed', () => {
    const { thread, bank } = openThread()
    bank.presented = 'expired'
    bank.closing = outcome('expired')
    thread.say('order to Rome')
    thread.tap('Buy')
    expect(thread.heard).toEqual(['bank: 【Test Bank】Ended: too late', 'merchant: Outcome: expired'])
  })

  it('takes a consent that comes a moment too late for one that came too late', () => {
    const { thread, bank } = openConfirm()
    bank.consent = 'expired'
    bank.closing = outcome('expired')
    const draft = thread.tap('Confirm payment')
    expect(draft.journal.map(({ event }) => event)).toMatchObject([
      { kind: 'decided', answer: 'expired' },
      { kind: 'outcome', outcome: 'expired' },
    ])
    expect(thread.heard).toEqual(['bank: 【Test Bank】Ended: too late', 'merchant: Outcome: expired'])
  })

  it('asks the bank outside of the turn, once for each visit, with the code by reference', () => {
    const { thread, bank } = openConfirm()
    bank.kinds()
    thread.tap('Confirm payment')
    expect(thread.draft?.effects).toMatchObject([{ operation: 'challenge', secretId: undefined }])
    expect([bank.kinds(), dueOf(thread)[0]]).toEqual([['consent'], 'slow'])
    effect(thread, outcome('sent', { destination: 'x', triesLeft: 3, expiresAt: 1 }))
    const { item } = thread.say('123456').input
    expect(thread.draft?.effects).toMatchObject([{ operation: 'answer', secretId: item.id }])
  })

  it('hands the order over in the turn, for the holds of the scene', () => {
    const { thread, bank } = openSubmitted()
    const [scene] = thread.runs
    expect(bank.asked.at(-1)).toMatchObject({ kind: 'commit', holder: scene?.row.id })
    expect([thread.draft?.effects, thread.heard]).toEqual([[], []])
  })

  it('goes on at once when the order cannot be handed over any more', () => {
    const { thread, bank } = openConfirm()
    thread.tap('Confirm payment')
    bank.committed = { kind: 'ended', outcome: outcome('expired') }
    bank.closing = outcome('expired')
    effect(thread, outcome('verified'))
    expect(thread.heard).toEqual(['bank: 【Test Bank】Ended: expired', 'merchant: Outcome: expired'])
  })

  it('tells what became of the order, and then the scene does', () => {
    const { thread, bank } = openSubmitted()
    bank.closing = outcome('succeeded', { receipt: 'R7' })
    thread.tell({ kind: 'order', outcome: outcome('succeeded', { receipt: 'R7' }), event: null })
    expect(thread.heard).toEqual(['bank: 【Test Bank】Ended: paid', 'merchant: Outcome: succeeded R7'])
    expect(thread.draft?.releases).toHaveLength(1)
  })

  it('cannot be cancelled once the money may be on its way', () => {
    const { thread } = openSubmitted()
    thread.say('cancel')
    expect(thread.heard[0]).toContain('so it cannot be cancelled')
    expect(thread.runs).toHaveLength(2)
  })

  it('takes an answer for an earlier visit for late, and keeps the limit of what it waits for', () => {
    const { thread } = openConfirm()
    thread.tap('Confirm payment')
    const before = visitOf(thread)
    effect(thread, outcome('sent', { destination: 'x', triesLeft: 3, expiresAt: 1 }))
    const due = dueOf(thread)
    expect(due[0]).toBe('timeout')
    thread.tell({ kind: 'effect', visit: before, outcome: outcome('sent') })
    expect([thread.heard, dueOf(thread)]).toEqual([[], due])
  })

  it('acts on its own order alone', () => {
    const foreign = definePlugin(
      defineContract({
        id: 'till',
        publisher: 'somebody',
        version: '2.0.0',
        host: '^0.1',
        locales: ['en'],
        title: { en: 'Till' },
        config: z.strictObject({}),
        provides: payment,
        needs: { desk: need(paymentDesk, { range: '^1', purpose: { en: 'x' } }) },
        texts: {},
        collections: {},
      }),
      { flows: [], dialogues: { pay: confirmOf('019cbb4b-4c00-8e16-960a-75a7307e0b5b') } },
    )
    const bank = new Counter()
    const other = new Thread({ plugins: [shop], till: foreign, answer: (asked) => bank.answer(asked) })
    other.say('order to Rome')
    expect(() => other.tap('Buy')).toThrow(
      expect.objectContaining({ code: 'flow.order_foreign', data: expect.objectContaining({ plugin: 'till' }) }),
    )
  })
})

/** A dialogue that asks to confirm somebody else's order. */
function confirmOf(order: string) {
  const contract = defineContract({
    ...till.contract.declaration,
    provides: payment,
    needs: {},
    texts: {},
    collections: {},
  })
  return defineFlow(contract, {
    id: 'pay',
    revision: 1,
    input: z.strictObject({ order: z.string() }),
    state: z.strictObject({}),
    start: 'confirm',
    steps: {
      confirm: {
        kind: 'confirm',
        order: () => order,
        method: () => 'm',
        on: { confirmed: 'end', cancelled: 'end', expired: 'end' },
      },
      end: { kind: 'end' },
    },
  })
}

describe('what became of an unknown payment', () => {
  function openUnknown(): Open {
    const open = openSubmitted()
    open.bank.closing = outcome('unknown')
    open.thread.tell({ kind: 'order', outcome: outcome('unknown'), event: null })
    open.bank.kinds()
    return open
  }
  const settle = ({ thread }: Open, result: 'succeeded' | 'declined'): void => {
    const dialogue = [...thread.rows.values()].find((row) => row.parent_id !== null)
    const event = { name: 'settled', data: { result } }
    thread.tell({ kind: 'order', outcome: outcome(result), event }, dialogue?.id)
  }

  it('reaches the scene that waits for it', () => {
    const open = openUnknown()
    expect(open.thread.heard).toEqual(['bank: 【Test Bank】Ended: checking', 'merchant: Outcome: checking'])
    expect(open.thread.runs.map(({ row }) => row.plugin)).toEqual(['shop'])
    settle(open, 'succeeded')
    expect([open.thread.heard, open.bank.kinds()]).toEqual([['merchant: Outcome: later succeeded'], []])
  })

  it('frees what was kept for it when no money moved', () => {
    const open = openUnknown()
    const [scene] = open.thread.runs
    settle(open, 'declined')
    expect(open.bank.asked).toMatchObject([{ kind: 'unlock', holder: scene?.row.id }])
    expect(open.thread.heard).toEqual(['merchant: Outcome: later declined'])
  })

  it('is said once when the dialogue has ended with it before its letter came', () => {
    const open = openSubmitted()
    open.bank.closing = outcome('succeeded')
    open.thread.tell({ kind: 'order', outcome: outcome('unknown'), event: null })
    expect(open.thread.heard.at(-1)).toContain('merchant: Outcome: succeeded')
    settle(open, 'succeeded')
    expect([open.thread.heard, open.thread.draft]).toMatchObject([[], { cases: [], settled: [] }])
  })

  it.each([
    ['succeeded', 'taken'],
    ['declined', 'released'],
  ] as const)('settles the holds of a scene that is over: %s', (result, state) => {
    const open = openUnknown()
    const [scene] = open.thread.runs
    open.thread.say('order to Oslo')
    for (const row of open.thread.rows.values()) if (row.id === scene?.row.id) row.state = 'ended'
    settle(open, result)
    expect(open.thread.draft).toMatchObject({
      settled: [{ runId: scene?.row.id, state }],
      cases: ['order_settled_late'],
    })
    expect(open.thread.heard).toEqual([])
  })
})

describe('time', () => {
  const tick = (thread: Thread, due: string, visit = visitOf(thread)): void => {
    thread.tell({ kind: 'timer', visit, due })
  }

  it('ends a question', () => {
    const { thread } = openThread()
    thread.say('order')
    expect(dueOf(thread)).toEqual(['timeout', thread.clock.now() + minutes(5) * 1000])
    tick(thread, 'timeout')
    expect([thread.runs, thread.heard]).toEqual([[], []])
  })

  it('ends a consent', () => {
    const { thread, bank } = openConfirm()
    bank.closing = outcome('expired')
    tick(thread, 'expiry')
    expect(thread.heard).toEqual(['bank: 【Test Bank】Ended: too late', 'merchant: Outcome: expired'])
  })

  it('makes us say that we are at it, once, and changes nothing else', () => {
    const { thread } = openConfirm()
    thread.tap('Confirm payment')
    const before = visitOf(thread)
    tick(thread, 'slow')
    expect(thread.heard).toEqual(['platform: 【Messaging platform】One moment, we are working on it.'])
    expect([visitOf(thread), dueOf(thread)]).toEqual([before, [null, null]])
  })

  it('of an earlier visit says nothing', () => {
    const { thread } = openThread()
    thread.say('order')
    thread.say('hm')
    tick(thread, 'timeout', 1)
    expect([thread.runs.length, thread.heard]).toEqual([1, []])
  })
})

describe('a flow that goes round', () => {
  it('through reads alone is stopped', () => {
    const contract = defineContract({
      ...goods.contract.declaration,
      id: 'circle',
      texts: { x: text({}, { en: 'x' }) },
      needs: {},
      collections: { things: { ...goods.contract.declaration.collections['notes']! } },
    })
    const on = { found: 'look', none: 'look' } as const
    const flow = defineFlow(contract, {
      id: 'circle',
      revision: 1,
      input: z.strictObject({}),
      state: z.strictObject({}),
      start: 'look',
      steps: {
        look: { kind: 'read', from: 'things', by: 'key', key: () => 'x', on },
        end: { kind: 'say', message: ({ t }) => textMessage(t('x')), next: 'look' },
      },
    })
    const circle = intent({ flow, title: { en: 'x' }, words: { en: ['round'] }, input: {} })
    const { thread } = openThread(definePlugin(contract, { flows: [flow], intents: { circle } }))
    expect(() => thread.say('round')).toThrow(
      expect.objectContaining({ code: 'flow.loop', data: expect.objectContaining({ flow: 'circle', step: 'look' }) }),
    )
  })
})

describe('a turn that cannot be folded', () => {
  it('does nothing but say so, to the user and to the desk', () => {
    const { thread } = openThread()
    const draft = foldFailure(thread.say('order').input)
    expect(draft).toMatchObject({ failed: true, cases: ['turn_failed'], journal: [], effects: [], releases: [] })
    expect([draft.runs.size, draft.messages.map(({ voice }) => voice)]).toEqual([0, ['platform']])
  })
})

describe('the journal of a turn', () => {
  it('goes on where the last one ended, for each run by itself', () => {
    const { thread } = openSubmitted()
    const seen = new Map<string, number[]>()
    thread.tell({ kind: 'order', outcome: outcome('succeeded', { receipt: 'R' }), event: null })
    for (const row of thread.rows.values()) seen.set(row.plugin, [row.seq])
    expect(Object.fromEntries(seen)).toEqual({ shop: [3], till: [6] })
  })
})
