import { describe, expect, it } from 'vitest'
import { assertRates } from './assert-rates.ts'

const card = (title: string, description: string) => ({ title, description, suggestions: [] })

describe('a message', () => {
  it('that shows a credit without its annual rate is not sent, whichever card of it does', () => {
    const bare = { kind: 'text', text: '分 12 期，每期 ¥88.00', chips: [] } as const
    expect(() => assertRates(bare)).toThrow(expect.objectContaining({ code: 'text.credit_bare' }))
    const cards = [card('分期 · 年利率 9.80%', '每期 ¥88.00'), card('分期', '每期 ¥99.00')]
    const carousel = { kind: 'cards', cards, chips: [] } as const
    expect(() => assertRates(carousel)).toThrow(expect.objectContaining({ code: 'text.credit_bare' }))
  })

  it('is read together with its buttons', () => {
    const chips = [{ kind: 'reply', label: '¥88.00 分 12 期', postback: '' }] as const
    expect(() => assertRates({ kind: 'text', text: '怎么付？', chips })).toThrow()
    expect(() => assertRates({ kind: 'text', text: '年利率 9.80%。怎么付？', chips })).not.toThrow()
  })
})
