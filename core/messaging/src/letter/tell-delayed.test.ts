import { describe, expect, it } from 'vitest'
import { money } from '@inthread/sdk/money'
import { plainTill } from '../../test/plain-till.ts'
import { shop } from '../../test/sample-shop.ts'
import { Thread } from '../../test/thread.ts'
import type { Need } from '../fold/need.ts'
import type { OrderStanding } from '../ports.ts'

const ends = { succeeded: { receipt: 'N1' }, declined: { reason: 'declined' } }

/** A scene has ordered something, and is over; the bank tells how it ended. */
function tell(
  name: keyof typeof ends,
  { told = 'scheduled', locked = false, locale = 'en', ...change }: Partial<OrderStanding> & Told = {},
): Thread {
  const state = name === 'succeeded' ? ('succeeded' as const) : ('failed' as const)
  const standing = { number: 'N1', state, pays: true, amount: money('1500.00', 'CNY'), owed: false, ...change }
  const answer = (need: Need) => {
    if (need.kind === 'open') return { kind: 'opened' } as const
    if (need.kind === 'commit') return { kind: 'accepted' } as const
    if (need.kind === 'standing') return standing
    return need.kind === 'locked' ? locked : undefined
  }
  const thread = new Thread({ plugins: [shop], till: plainTill, answer, locale })
  thread.say('order to Rome')
  thread.tap('Buy')
  const dialogue = thread.runs.at(-1)?.row.id ?? ''
  for (const row of [...thread.rows.values()])
    thread.rows.set(row.id, { ...row, state: 'ended', told: row.id === dialogue ? told : '' })
  const data = ends[name]
  thread.tell({ kind: 'order', outcome: { name, data }, event: { name: 'settled', data: { result: name } } }, dialogue)
  return thread
}

interface Told {
  readonly told?: string
  readonly locked?: boolean
  readonly locale?: string
}

describe('what the bank had accepted for later', () => {
  it.each([
    ['en', 'succeeded', 'bank: 【Test Bank】Done\nWhat the bank had accepted is done: ¥1,500.00.\nOrder: N1'],
    [
      'en',
      'declined',
      'bank: 【Test Bank】Not done\nWhat the bank had accepted was not done: ¥1,500.00 was not taken.',
    ],
    ['zh-CN', 'succeeded', '办理成功\n银行之前受理的业务已完成：¥1,500.00。\n单号：N1'],
    ['zh-CN', 'declined', '没有办成\n银行之前受理的业务没有办成，¥1,500.00 没有扣款。\n单号：N1'],
  ] as const)('is told as a result, and is no case, when its scene is over (%s): %s', (locale, name, words) => {
    const { heard, draft } = tell(name, { locale })
    expect(heard).toEqual([expect.stringContaining(words)])
    expect(draft?.cases).toEqual([])
    expect(draft?.settled).toMatchObject([{ state: name === 'succeeded' ? 'taken' : 'released' }])
  })

  it.each([
    ['nobody knew of', { told: 'unknown' }],
    ['the tenant got the money for', { owed: true }],
    ['something is still on hold for', { locked: true }],
  ])('is for a person where it is what %s', (_name, change) => {
    const { heard, draft } = tell('succeeded', change)
    expect(heard).toEqual([expect.stringContaining('Order N1 is paid')])
    expect(draft?.cases).toEqual(['order_settled_late'])
  })
})
