import { expect, it } from 'vitest'
import { money } from '@inthread/sdk'
import { payment } from '@inthread/sdk/capabilities'
import { defineCounter } from '@inthread/sdk/dialogue'
import { shop } from '../../test/sample-shop.ts'
import { Thread } from '../../test/thread.ts'
import type { Outcome } from '../ports.ts'

const word = (en: string) => ({ 'zh-CN': en, en })
const counter = defineCounter({
  ...{ id: 'counter', publisher: 'somebody', version: '1.0.0', host: '^0.1', title: word('Counter') },
  provides: payment,
  words: {
    ...{ done: word('Done'), notDone: word('Not done'), accepted: word('Accepted') },
    ...{ thing: word('this payment'), harmless: word('nothing was taken'), choose: word('Which account') },
  },
})

it('ends the dialogue that has told of an unknown end: its scene hears what the bank calls it now', () => {
  let closing: Outcome = { name: 'unknown', data: {} }
  const text = { title: 'Confirm', description: 'rows', confirm: 'Confirm payment', cancel: 'Cancel' }
  const thread = new Thread({
    plugins: [shop],
    till: counter,
    answer: (need) => {
      if (need.kind === 'open') return { kind: 'opened' }
      if (need.kind === 'present') return { kind: 'presented', text, expiresAt: need.now + 900_000_000 }
      if (need.kind === 'consent') return 'consented'
      if (need.kind === 'commit') return { kind: 'accepted' }
      return need.kind === 'close' ? closing : undefined
    },
  })
  const answer = (name: string, data: unknown = {}): unknown =>
    thread.tell({ kind: 'effect', visit: thread.runs.at(-1)?.state.visit ?? 0, outcome: { name, data } })
  thread.say('order to Rome')
  thread.tap('Buy')
  const order = { number: 'N1', amount: money('12.80', 'CNY'), payee: 'Shop ****1' }
  answer('ready', { methods: [{ id: 'm1', label: 'Savings', mask: '****2' }], order })
  thread.tap('Confirm payment')
  answer('verified')
  const tell = (name: string): unknown => thread.tell({ kind: 'order', outcome: { name, data: {} }, event: null })
  tell('unknown')
  expect(thread.runs.map(({ row }) => row.plugin)).toEqual(['shop', 'counter'])
  tell('unknown')
  expect(thread.runs).toHaveLength(2)
  closing = { name: 'cancelled', data: {} }
  tell('accepted')
  expect([thread.heard, thread.runs]).toEqual([['merchant: Outcome: cancelled'], []])
})
