import { describe, expect, it } from 'vitest'
import {
  defineContract,
  defineFlow,
  definePlugin,
  intent,
  minutes,
  money,
  need,
  text,
  textMessage,
  z,
} from '@inthread/sdk'
import { payment } from '@inthread/sdk/capabilities'
import type { Plugin } from '@inthread/sdk/engine'
import { Sealer } from '@inthread/store'
import { Counter } from '../../test/counter.ts'
import { plainTill } from '../../test/plain-till.ts'
import { shop } from '../../test/sample-shop.ts'
import { Thread } from '../../test/thread.ts'
import type { Need } from '../fold/need.ts'
import type { ItemBody } from '../inbox/item.ts'
import { openSnapshot, sealSnapshot } from '../turn/load.store.ts'
import { refundIdOf } from '../step/refund-id.ts'

const contract = defineContract({
  id: 'stall',
  publisher: 'somebody',
  version: '1.0.0',
  host: '^0.1',
  locales: ['en'],
  title: { en: 'Stall' },
  config: z.strictObject({}),
  needs: {
    pay: need(payment, { range: '^1', purpose: { en: 'to be paid' } }),
    back: need(payment, { range: '^1', purpose: { en: 'to pay back' } }),
  },
  texts: { heard: text({ what: 'text' }, { en: 'Heard: {{what}}' }), go: text({}, { en: 'Go on?' }) },
  collections: {},
})

const slots = z.strictObject({ what: z.string(), answer: z.string() }).partial()
const input = z.strictObject({})
const pay = (purpose: string) => () => ({ amount: money('5.00', 'CNY'), purpose })
const refund = () => ({ receipt: 'A1', reason: 'not wanted' })
const settled = { need: 'pay', event: 'settled', limitMs: minutes(600) } as const
const hear = {
  happened: {
    to: 'say',
    set: ({ result, receipt }: { readonly result: string; readonly receipt?: string | undefined }) => ({
      what: [result, receipt].filter(Boolean).join(' '),
    }),
  },
  limit: 'end',
} as const
const none = { succeeded: 'end', declined: 'end', cancelled: 'end', expired: 'end' } as const
const undone = { succeeded: 'end', declined: 'end' } as const

const payBelow = defineFlow(contract, {
  ...{ id: 'payBelow', revision: 1, input, state: slots, start: 'pay' },
  steps: {
    pay: { kind: 'call', need: 'pay', operation: 'pay', input: pay('one'), on: { ...none, unknown: 'end' } },
    end: { kind: 'end' },
  },
})

const backBelow = defineFlow(contract, {
  ...{ id: 'backBelow', revision: 1, input, state: slots, start: 'refund' },
  steps: {
    refund: { kind: 'call', need: 'back', operation: 'refund', input: refund, on: { ...undone, unknown: 'end' } },
    end: { kind: 'end' },
  },
})

/** Pays twice, and waits for what became of the second payment. */
const twice = defineFlow(contract, {
  ...{ id: 'twice', revision: 1, input, state: slots, start: 'one' },
  steps: {
    one: { kind: 'call', need: 'pay', operation: 'pay', input: pay('one'), on: { ...none, unknown: 'two' } },
    two: {
      kind: 'call',
      need: 'pay',
      operation: 'pay',
      input: pay('two'),
      on: { ...none, unknown: 'wait', declined: 'wait' },
    },
    wait: { kind: 'wait', ...settled, on: hear },
    say: { kind: 'say', message: ({ t, state }) => textMessage(t('heard', { what: state.what ?? '' })), next: 'end' },
    end: { kind: 'end' },
  },
})

/** Is paid in a flow below it, and waits itself. */
const outer = defineFlow(contract, {
  ...{ id: 'outer', revision: 1, input, state: slots, start: 'below' },
  runs: { payBelow },
  steps: {
    below: { kind: 'run', flow: 'payBelow', input: () => ({}), on: { done: 'wait' } },
    wait: { kind: 'wait', ...settled, on: hear },
    say: { kind: 'say', message: ({ t, state }) => textMessage(t('heard', { what: state.what ?? '' })), next: 'end' },
    end: { kind: 'end' },
  },
})

/** Pays, gives something else back, and waits for what became of the payment. */
const mixed = defineFlow(contract, {
  ...{ id: 'mixed', revision: 1, input, state: slots, start: 'one' },
  runs: { backBelow },
  steps: {
    one: { kind: 'call', need: 'pay', operation: 'pay', input: pay('one'), on: { ...none, unknown: 'below' } },
    below: { kind: 'run', flow: 'backBelow', input: () => ({}), on: { done: 'wait' } },
    wait: { kind: 'wait', ...settled, on: hear },
    say: { kind: 'say', message: ({ t, state }) => textMessage(t('heard', { what: state.what ?? '' })), next: 'end' },
    end: { kind: 'end' },
  },
})

/** Gives back and goes on without waiting for the end of it. */
const back = defineFlow(contract, {
  ...{ id: 'back', revision: 1, input, state: slots, start: 'refund' },
  steps: {
    refund: { kind: 'call', need: 'back', operation: 'refund', input: refund, on: { ...undone, unknown: 'ask' } },
    ask: {
      kind: 'ask',
      slot: 'answer',
      prompt: ({ t }) => textMessage(t('go')),
      read: (words) => words,
      timeout: { afterMs: minutes(5), to: 'end' },
      next: 'end',
    },
    end: { kind: 'end' },
  },
})

const wordsOf = (id: string) => ({ title: { en: id }, words: { en: [id] }, input: {} })
const stall: Plugin = definePlugin(contract, {
  flows: [twice, outer, mixed, back, payBelow, backBelow],
  intents: {
    twice: intent({ flow: twice, ...wordsOf('twice') }),
    outer: intent({ flow: outer, ...wordsOf('outer') }),
    mixed: intent({ flow: mixed, ...wordsOf('mixed') }),
    back: intent({ flow: back, ...wordsOf('give') }),
  },
})

type Letter = Extract<ItemBody, { kind: 'order' }>

const unknown: Letter = { kind: 'order', outcome: { name: 'unknown', data: {} }, event: null }
const paid = (receipt: string): Letter => ({
  kind: 'order',
  outcome: { name: 'succeeded', data: { receipt } },
  event: { name: 'settled', data: { result: 'succeeded', receipt } },
})
const refused = (receipt?: string): Letter => ({
  kind: 'order',
  outcome: { name: 'declined', data: { reason: 'declined' } },
  event: { name: 'settled', data: { result: 'declined', reason: 'declined', ...(receipt ? { receipt } : {}) } },
})

class Stall {
  readonly bank = new Counter()
  readonly thread: Thread

  constructor() {
    this.bank.closing = { name: 'unknown', data: {} }
    this.thread = new Thread({ plugins: [stall, shop], till: plainTill, answer: (asked) => this.#answer(asked) })
  }

  #answer(asked: Need) {
    if (asked.kind === 'refund') return { kind: 'opened' } as const
    return asked.kind === 'standing' ? { number: 'S1', state: 'succeeded' as const } : this.bank.answer(asked)
  }

  /** The dialogues so far, and the runs that asked for a refund. */
  get asked(): readonly string[] {
    return [...this.thread.rows.values()].filter(({ order_id }) => order_id !== null).map(({ id }) => id)
  }

  /** The bank leaves open what it is asked for now. */
  leaveOpen(runId = this.thread.runs.at(-1)?.row.id): string {
    const id = this.thread.rows.get(runId ?? '')?.order_id ?? this.refundOf(runId ?? '')
    this.thread.tell(unknown, runId, id)
    return runId ?? ''
  }

  refundOf(runId: string): string {
    return refundIdOf(runId, 1)
  }

  did(): { readonly heard: readonly string[]; readonly cases: readonly string[]; readonly settled: readonly string[] } {
    const { cases = [], settled = [] } = this.thread.draft ?? {}
    return { heard: this.thread.heard, cases, settled: settled.map(({ state }) => state) }
  }
}

const heard = (what: string): object => ({ heard: [`merchant: Heard: ${what}`], cases: [], settled: [] })
const said = expect.stringContaining('Order S1 is paid')

describe('the end of a payment', () => {
  it('is not taken for that of another one', () => {
    const { thread, bank, ...open } = openTwo()
    thread.tell(paid('R1'), open.first)
    expect(open.stall.did()).toEqual({ heard: [said], cases: ['order_settled_late'], settled: [] })
    thread.tell(paid('R2'), open.second)
    expect(open.stall.did()).toEqual(heard('succeeded R2'))
  })

  it('frees nothing that another one still needs', () => {
    const { thread, bank, first } = openTwo()
    bank.kinds()
    thread.tell(refused(), first)
    expect([bank.kinds(), thread.draft?.settled]).toEqual([[], []])
  })

  it('nor does one that was left before it was handed over', () => {
    const stall = new Stall()
    stall.thread.say('twice')
    stall.leaveOpen()
    stall.bank.kinds()
    stall.bank.closing = { name: 'cancelled', data: {} }
    stall.thread.tell(refused())
    expect(stall.bank.asked).toMatchObject([{ kind: 'close', frees: false }])
    stall.bank.kinds()
    stall.thread.say('outer')
    stall.thread.tell(refused())
    expect(stall.bank.asked.at(-1)).toMatchObject({ kind: 'close', frees: true })
  })

  it('is heard when the one after it has ended before', () => {
    const stall = new Stall()
    stall.thread.say('twice')
    const first = stall.leaveOpen()
    stall.bank.closing = { name: 'declined', data: { reason: 'declined' } }
    stall.thread.tell(refused())
    stall.thread.tell(paid('R1'), first)
    expect(stall.did()).toEqual(heard('succeeded R1'))
  })

  it('reaches whoever waits when it was asked for further above', () => {
    const stall = new Stall()
    stall.thread.say('outer')
    const dialogue = stall.leaveOpen()
    stall.thread.tell(paid('R1'), dialogue)
    expect(stall.did()).toEqual(heard('succeeded R1'))
  })

  it('reaches a scene that has begun before anything was kept of what it waits for', () => {
    const { stall, thread, second } = openTwo()
    const sealer = new Sealer(thread.keyring)
    const { row } = thread.runs[0]!
    const { asked, ...before } = openSnapshot(sealer, row)
    expect(asked).toHaveLength(2)
    thread.rows.set(row.id, { ...row, snapshot: sealSnapshot(sealer, row, before) })
    thread.tell(paid('R2'), second)
    expect(stall.did()).toEqual(heard('succeeded R2'))
  })

  function openTwo() {
    const stall = new Stall()
    const { thread, bank } = stall
    thread.say('twice')
    const first = stall.leaveOpen()
    const second = stall.leaveOpen()
    return { stall, thread, bank, first, second }
  }
})

describe('the end of a refund', () => {
  function openMixed() {
    const stall = new Stall()
    stall.thread.say('mixed')
    const dialogue = stall.leaveOpen()
    const below = stall.leaveOpen()
    stall.bank.kinds()
    return { stall, dialogue, below }
  }

  it('is not taken for that of a payment, and touches no holds', () => {
    const { stall, dialogue, below } = openMixed()
    stall.thread.tell(refused('A1'), below, stall.refundOf(below))
    expect(stall.did()).toEqual({
      heard: [expect.stringContaining('refund for order A1 did not go through')],
      cases: ['refund_settled_late'],
      settled: [],
    })
    expect(stall.bank.kinds()).toEqual([])
    stall.thread.tell(paid('R1'), dialogue)
    expect(stall.did()).toEqual(heard('succeeded R1'))
  })

  it.each([
    [paid('A1'), 'refund for order A1 is done'],
    [refused('A1'), 'refund for order A1 did not go through'],
  ])('is said, and seen by a person, when its scene is over', (letter, words) => {
    const stall = new Stall()
    stall.thread.say('give')
    const scene = stall.leaveOpen()
    stall.thread.say('yes')
    expect(stall.thread.runs).toEqual([])
    stall.thread.tell(letter, scene, stall.refundOf(scene))
    expect(stall.did()).toEqual({
      heard: [expect.stringContaining(words)],
      cases: ['refund_settled_late'],
      settled: [],
    })
  })

  it('is said too when its scene is at something else', () => {
    const stall = new Stall()
    stall.thread.say('give')
    const scene = stall.leaveOpen()
    stall.thread.tell(paid('A1'), scene, stall.refundOf(scene))
    expect(stall.did()).toMatchObject({ cases: ['refund_settled_late'], settled: [] })
    expect(stall.thread.runs).toHaveLength(1)
  })

  it('and when its scene may not run any more', () => {
    const stall = new Stall()
    stall.thread.say('give')
    const scene = stall.thread.runs[0]?.row.id ?? ''
    stall.thread.kills = [{ level: 'code', plugin: 'stall' }]
    stall.thread.tell(paid('A1'), scene, stall.refundOf(scene))
    expect(stall.did().cases).toEqual(['refund_settled_late'])
  })
})

describe('a letter about what is over', () => {
  it('is heard in the turn in which the core ends something else', () => {
    const stall = new Stall()
    stall.thread.say('outer')
    const dialogue = stall.leaveOpen()
    const scene = stall.thread.runs[0]!.row
    stall.thread.rows.set(scene.id, { ...scene, state: 'ended' })
    stall.thread.say('order')
    stall.thread.kills = [{ level: 'code', plugin: 'shop' }]
    stall.thread.tell(paid('R1'), dialogue)
    expect(stall.did()).toMatchObject({ cases: ['order_settled_late'], settled: ['taken'] })
  })
})
