import { describe, expect, it } from 'vitest'
import { defineContract, defineFlow, definePlugin, intent, money, text, textMessage, want, z } from '@inthread/sdk'
import { payment } from '@inthread/sdk/capabilities'
import type { Plugin } from '@inthread/sdk/engine'
import { shop } from '../../test/sample-shop.ts'
import { till } from '../../test/sample-till.ts'
import { Thread } from '../../test/thread.ts'
import type { Opening } from '../ports.ts'

const contract = defineContract({
  id: 'tips',
  publisher: 'somebody',
  version: '1.0.0',
  host: '^0.1',
  locales: ['en'],
  title: { en: 'Tips' },
  config: z.strictObject({}),
  needs: {
    tip: want(payment, {
      range: '^1',
      purpose: { en: 'to tip' },
      ceiling: { perCall: money('20.00', 'CNY'), perMinute: 3 },
    }),
  },
  texts: { end: text({ how: 'text' }, { en: 'Tip: {{how}}' }) },
  collections: {},
})

const say = (how: string) => ({ to: 'sayEnd', set: () => ({ how }) }) as const

const give = defineFlow(contract, {
  id: 'give',
  revision: 1,
  input: z.strictObject({}),
  state: z.strictObject({ how: z.string() }).partial(),
  start: 'tip',
  steps: {
    tip: {
      kind: 'call',
      need: 'tip',
      operation: 'pay',
      input: () => ({ amount: money('5.00', 'CNY'), purpose: 'tip' }),
      on: {
        succeeded: say('given'),
        declined: say('declined'),
        cancelled: say('cancelled'),
        expired: say('expired'),
        unknown: say('unknown'),
        unavailable: 'sayEnd',
      },
    },
    sayEnd: {
      kind: 'say',
      message: ({ t, state: { how = 'not here' } }) => textMessage(t('end', { how })),
      next: 'end',
    },
    end: { kind: 'end' },
  },
})

/** Can do without payment. */
const tips: Plugin = definePlugin(contract, {
  flows: [give],
  intents: { give: intent({ flow: give, title: { en: 'Tip' }, words: { en: ['tip'] }, input: {} }) },
})

function openThread(opening: Opening): { readonly thread: Thread; readonly asked: unknown[] } {
  const asked: unknown[] = []
  const answer = (need: { readonly kind: string }): Opening => {
    asked.push(need)
    return opening
  }
  return { thread: new Thread({ plugins: [shop, tips], till, answer }), asked }
}

describe('a call that the grants refuse', () => {
  it.each([
    ['declined', 'This cannot be done here. No money was taken.'],
    ['try_later', 'What is allowed here for now has been used up. No money was taken. Please try again later.'],
  ] as const)('comes back in the same turn as %s, and the platform tells the user', (reason, said) => {
    const { thread, asked } = openThread({ kind: 'refused', reason })
    thread.say('order to Rome')
    thread.tap('Buy')
    expect(thread.heard).toEqual([`platform: 【Messaging platform】${said}`, `merchant: Outcome: declined ${reason}`])
    expect(thread.runs).toEqual([])
    expect([...(thread.draft?.runs.values() ?? [])].map(({ plugin }) => plugin.contract.declaration.id)).toEqual([
      'shop',
    ])
    expect(asked).toMatchObject([{ kind: 'open' }])
  })

  it('is unavailable to a plugin that can do without, which says so itself', () => {
    const { thread, asked } = openThread({ kind: 'refused', reason: 'declined' })
    thread.say('tip')
    expect(thread.heard).toEqual(['merchant: Tip: not here'])
    expect(asked).toMatchObject([
      {
        kind: 'open',
        order: {
          botId: 'bot',
          plugin: 'tips',
          need: 'tip',
          ceiling: { perCall: { amountMinor: 2000n, currency: 'CNY' }, perMinute: 3 },
        },
      },
    ])
  })
})
