import { describe, expect, it } from 'vitest'
import { defineContract, defineFlow, definePlugin, intent, minutes, reply, text, textMessage, z } from '@inthread/sdk'
import type { Plugin } from '@inthread/sdk/engine'
import { shop } from '../../test/sample-shop.ts'
import { till } from '../../test/sample-till.ts'
import { Thread } from '../../test/thread.ts'
import type { Need } from '../fold/need.ts'
import type { Outcome } from '../ports.ts'
import type { Kill } from '../tenancy/kill.ts'
import { pinOf } from '../tenancy/pin.ts'

/** A bank that answers whatever it is asked, and remembers the asking. */
class Books {
  readonly asked: string[] = []
  closing: Outcome = { name: 'cancelled', data: {} }
  standing: 'cancelled' | 'checking' | 'succeeded' = 'cancelled'

  answer(need: Need) {
    this.asked.push(need.kind)
    switch (need.kind) {
      case 'open':
        return { kind: 'opened' } as const
      case 'present': {
        const text = { title: 'Confirm', description: 'rows', confirm: 'Confirm payment', cancel: 'Cancel' }
        return { kind: 'presented', text, expiresAt: need.now + 900_000_000 } as const
      }
      case 'consent':
        return 'consented' as const
      case 'commit':
        return { kind: 'accepted' } as const
      case 'refuse':
        return { name: 'declined', data: { reason: 'try_later' } }
      case 'close':
        return this.closing
      case 'standing':
        return { number: 'A1', state: this.standing }
      default:
        return undefined
    }
  }
}

function openThread(): { readonly thread: Thread; readonly books: Books } {
  const books = new Books()
  return { books, thread: new Thread({ plugins: [shop], till, answer: (need) => books.answer(need) }) }
}

function reachConfirm(thread: Thread): void {
  thread.say('order to Rome')
  thread.tap('Buy')
}

describe('a kill switch', () => {
  it('lets nobody begin, and leaves what is under way', () => {
    const { thread } = openThread()
    thread.say('order')
    thread.kills = [{ level: 'runs', plugin: 'shop' }]
    thread.say('to Rome')
    expect(thread.heard).toEqual(['merchant: Rome for ¥12.80'])
    thread.say('shopping')
    expect(thread.heard).toEqual([expect.stringContaining('not available right now')])
    expect(thread.runs).toHaveLength(1)
  })

  it('parks an open question with a friendly text, and lets it go on afterwards', () => {
    const { thread } = openThread()
    thread.say('order to Rome')
    const buy = thread.postbackOf('Buy')
    thread.kills = [{ level: 'questions', plugin: 'shop', version: '1.2.0' }]
    thread.tapPostback(buy)
    expect(thread.heard).toEqual([expect.stringContaining('paused for a moment')])
    thread.kills = []
    thread.tapPostback(buy)
    expect(thread.runs).toHaveLength(2)
  })

  const scopes: readonly Kill[] = [
    { level: 'money', capability: 'payment' },
    { level: 'money', provider: 'main' },
    { level: 'money', tenant: 'rail' },
    { level: 'money', plugin: 'till', version: '2.0.0' },
    { level: 'money', plugin: 'shop' },
  ]
  it.each(scopes)('for money ends what was not handed over as declined: %j', (kill) => {
    const { thread, books } = openThread()
    reachConfirm(thread)
    thread.tap('Confirm payment')
    thread.kills = [kill]
    thread.tell({
      kind: 'effect',
      visit: thread.runs.at(-1)?.state.visit ?? 0,
      outcome: { name: 'verified', data: {} },
    })
    expect(books.asked).toContain('refuse')
    expect(books.asked).not.toContain('commit')
  })

  const targeted: readonly Kill[] = [
    { level: 'runs', capability: 'payment' },
    { level: 'runs', provider: 'main' },
    { level: 'runs', plugin: 'till' },
    { level: 'money', plugin: 'shop', capability: 'payment' },
  ]
  it.each(targeted)('for the bank asks for no new payment, and leaves the rest of the scene: %j', (kill) => {
    const { thread, books } = openThread()
    thread.say('order to Rome')
    const buy = thread.postbackOf('Buy')
    thread.kills = [kill]
    thread.tapPostback(buy)
    expect(books.asked).toEqual([])
    expect(thread.heard).toEqual([
      expect.stringContaining('No money was taken'),
      'merchant: Outcome: declined try_later',
    ])
  })

  it('of another tenant, version, bank or capability stops nothing', () => {
    const { thread, books } = openThread()
    thread.kills = [
      { level: 'code', tenant: 'other' },
      { level: 'code', plugin: 'shop', version: '1.3.0' },
      { level: 'money', provider: 'second' },
      { level: 'money', capability: 'loan' },
    ]
    reachConfirm(thread)
    expect(books.asked).toEqual(['open', 'present'])
  })
})

describe('a plugin whose code may not run', () => {
  it('as a scene is ended with the next word of its user', () => {
    const { thread } = openThread()
    thread.say('order')
    thread.kills = [{ level: 'code', plugin: 'shop' }]
    const draft = thread.say('Rome')
    expect(thread.heard).toEqual([expect.stringContaining('this service cannot go on')])
    expect([thread.runs.length, draft.releases.length]).toEqual([0, 1])
    thread.say('Rome')
    expect(thread.heard).toEqual([expect.stringContaining('I did not understand')])
  })

  it('as the dialogue of the bank closes its order, says how it stands, and tells the scene', () => {
    const { thread, books } = openThread()
    reachConfirm(thread)
    thread.kills = [{ level: 'code', plugin: 'till' }]
    thread.say('anything')
    expect(books.asked.slice(-2)).toEqual(['close', 'standing'])
    expect(thread.heard).toEqual([expect.stringContaining('Order A1 was cancelled'), 'merchant: Outcome: cancelled'])
  })

  it('as a scene waits for its dialogue, and what was paid is kept for its user', () => {
    const { thread, books } = openThread()
    reachConfirm(thread)
    thread.tap('Confirm payment')
    thread.tell({
      kind: 'effect',
      visit: thread.runs.at(-1)?.state.visit ?? 0,
      outcome: { name: 'verified', data: {} },
    })
    thread.kills = [{ level: 'code', plugin: 'shop' }]
    books.closing = { name: 'succeeded', data: { receipt: 'A1' } }
    const draft = thread.tell(
      { kind: 'order', outcome: { name: 'succeeded', data: { receipt: 'A1' } }, event: null },
      thread.runs.at(-1)?.row.id,
    )
    expect(thread.heard[0]).toContain('Ended: paid')
    expect(thread.heard.at(-1)).toContain('this service cannot go on')
    expect(draft.settled).toMatchObject([{ state: 'taken' }])
    expect(draft.cases).toEqual(['paid_without_scene'])
    expect(thread.runs).toEqual([])
  })
})

describe('the bank’s last word about what the core has ended', () => {
  const unknown = { kind: 'order', outcome: { name: 'unknown', data: {} }, event: null } as const
  const paid = { name: 'succeeded', data: { receipt: 'A1' } }
  const last = { kind: 'order', outcome: paid, event: { name: 'settled', data: { result: 'succeeded' } } } as const

  function reachBank(): { readonly thread: Thread; readonly books: Books; readonly dialogue: string } {
    const open = openThread()
    reachConfirm(open.thread)
    open.thread.tap('Confirm payment')
    const visit = open.thread.runs.at(-1)?.state.visit ?? 0
    open.thread.tell({ kind: 'effect', visit, outcome: { name: 'verified', data: {} } })
    open.books.closing = paid
    open.books.standing = 'succeeded'
    return { ...open, dialogue: open.thread.runs.at(-1)?.row.id ?? '' }
  }

  it('is said once when its dialogue was ended while the word waited', () => {
    const { thread, dialogue } = reachBank()
    thread.kills = [{ level: 'code', plugin: 'till' }]
    thread.say('anything')
    expect(thread.heard).toEqual([expect.stringContaining('Order A1 is paid'), 'merchant: Outcome: succeeded A1'])
    const draft = thread.tell(last, dialogue)
    expect([thread.heard, draft.cases, draft.settled]).toEqual([[], [], []])
  })

  it('brings a second case to nobody when the scene was ended with it', () => {
    const { thread, dialogue } = reachBank()
    thread.kills = [{ level: 'code', plugin: 'shop' }]
    const first = thread.tell(unknown, dialogue)
    expect([first.cases, first.settled]).toMatchObject([['paid_without_scene'], [{ state: 'taken' }]])
    const draft = thread.tell(last, dialogue)
    expect([thread.heard, draft.cases, draft.settled]).toEqual([[], [], []])
  })

  it('and when both were ended in the same turn', () => {
    const { thread, dialogue } = reachBank()
    thread.kills = [{ level: 'code' }]
    const first = thread.say('anything')
    expect([first.cases, first.settled]).toMatchObject([['paid_without_scene'], [{ state: 'taken' }]])
    const draft = thread.tell(last, dialogue)
    expect([thread.heard, draft.cases, draft.settled]).toEqual([[], [], []])
  })

  it('still settles what a scene holds that was ended before the bank had decided', () => {
    const { thread, books, dialogue } = reachBank()
    books.closing = { name: 'unknown', data: {} }
    thread.kills = [{ level: 'code', plugin: 'shop' }]
    thread.tell(unknown, dialogue)
    const draft = thread.tell(last, dialogue)
    expect([draft.cases, draft.settled]).toMatchObject([['order_settled_late'], [{ state: 'taken' }]])
  })
})

const movingContract = (version: string) =>
  defineContract({
    id: 'moving',
    publisher: 'somebody',
    version,
    host: '^0.1',
    locales: ['en'],
    title: { en: 'Moving' },
    config: z.strictObject({}),
    needs: {},
    texts: {
      old: text({}, { en: 'Old question?' }),
      fresh: text({}, { en: 'New question?' }),
      ok: text({}, { en: 'Ok' }),
    },
    collections: {},
  })

/** The same question under another name, with a map from the first revision when `maps` says so. */
function moving(version: string, revision: number, maps: boolean): Plugin {
  const contract = movingContract(version)
  const flow = defineFlow(contract, {
    id: 'talk',
    revision,
    input: z.strictObject({}),
    state: z.strictObject({ answer: z.string(), note: z.string() }).partial(),
    start: 'question',
    steps: {
      question: {
        kind: 'ask',
        slot: 'answer',
        prompt: ({ t }) => textMessage(t(revision === 1 ? 'old' : 'fresh'), [reply(t('ok'), 'ok')]),
        timeout: { afterMs: minutes(5), to: 'end' },
        next: 'end',
      },
      end: { kind: 'end' },
    },
    ...(maps ? { moves: { 1: { steps: { question: 'question' }, slots: () => ({ note: 'moved' }) } } } : {}),
  })
  return definePlugin(contract, {
    flows: [flow],
    intents: { talk: intent({ flow, title: { en: 'Talk' }, words: { en: ['talk'] }, input: {} }) },
  })
}

describe('a new version', () => {
  const hostedOf = (plugin: Plugin) => new Map([[pinOf({ plugin: 'moving', version: '2.0.0' }), { plugin }]])

  it('takes over an open question where its flow says how, and asks it anew', () => {
    const thread = new Thread({ plugins: [moving('1.0.0', 1, false)] })
    thread.say('talk')
    thread.hosted = hostedOf(moving('2.0.0', 2, true))
    const draft = thread.tell({ kind: 'move', version: '2.0.0' })
    expect(thread.heard).toEqual(['merchant: New question?'])
    expect([...thread.rows.values()]).toMatchObject([{ version: '2.0.0', revision: 2, state: 'open' }])
    expect(draft.journal.map(({ event }) => event)).toMatchObject([
      {
        kind: 'moved',
        from: { version: '1.0.0', revision: 1 },
        to: { version: '2.0.0', revision: 2 },
        slots: { note: 'moved' },
      },
    ])
    thread.tap('Ok')
    expect([...thread.rows.values()]).toMatchObject([{ version: '2.0.0', state: 'ended' }])
  })

  it('leaves a run where it is when nobody has said how', () => {
    const thread = new Thread({ plugins: [moving('1.0.0', 1, false)] })
    thread.say('talk')
    thread.hosted = hostedOf(moving('2.0.0', 2, false))
    const draft = thread.tell({ kind: 'move', version: '2.0.0' })
    expect([draft.journal, draft.messages]).toEqual([[], []])
    expect([...thread.rows.values()]).toMatchObject([{ version: '1.0.0', revision: 1, state: 'open' }])
  })
})
