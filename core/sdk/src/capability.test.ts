import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { payment, paymentDesk } from './capabilities.ts'
import { defineCapability, need, want, type EffectClass } from './capability.ts'

const nothing = z.strictObject({})

function declare(effect: EffectClass, ...outcomes: string[]): ReturnType<typeof defineCapability> {
  const operation = {
    class: effect,
    input: nothing,
    outcomes: Object.fromEntries(outcomes.map((name) => [name, nothing])),
  }
  return defineCapability({
    id: 'lend',
    version: '1.0.0',
    audience: 'scene',
    operations: { draw: operation },
    events: {},
  })
}

describe('defineCapability', () => {
  it('refuses a commit that cannot end as unknown, by its name', () => {
    expect(() => declare('commit', 'done', 'declined')).toThrow(
      'capability lend: the commit draw needs an outcome "unknown"',
    )
    expect(declare('commit', 'done', 'unknown').operations['draw']?.class).toBe('commit')
  })

  it.each(['read', 'quote', 'hold'] as const)('lets a %s end as it likes: it moves nothing', (effect) => {
    expect(declare(effect, 'done').operations['draw']?.outcomes).toHaveProperty('done')
  })

  it.each(['commit', 'hold'] as const)(
    'lets a %s be one thing for each user only where there is a product',
    (effect) => {
      const bank = { method: 'POST', path: '/v1/gifts', otherwise: 'done', once: { per: ['gift'] } } as const
      const outcomes = { done: nothing, declined: nothing, unknown: nothing }
      const draw = { class: effect, input: nothing, outcomes, bank }
      const names = { id: 'lend', version: '1.0.0', audience: 'scene', events: {} } as const
      expect(() => defineCapability({ ...names, operations: { draw } })).toThrow('cannot be done once for each user')
      const product = { ...draw, class: 'hold', bank: { ...bank, product: true } } as const
      expect(defineCapability({ ...names, operations: { draw: product } }).id).toBe('lend')
      const strange = { ...product, bank: { ...product.bank, once: { per: ['gift'], again: { kept: 'had' } } } }
      expect(() => defineCapability({ ...names, operations: { draw: strange } })).toThrow('leads to the outcome "had"')
    },
  )

  it('refuses a commit that charges an account and says nothing of the book', () => {
    const outcomes = { succeeded: nothing, declined: nothing, unknown: nothing }
    const bank = { method: 'POST', path: '/v1/gifts' } as const
    const draw = { class: 'commit', input: nothing, outcomes, bank } as const
    const names = { id: 'lend', version: '1.0.0', audience: 'scene', events: {} } as const
    expect(() => defineCapability({ ...names, operations: { draw } })).toThrow('add "book"')
    const free = { ...draw, confirm: { op: 'x', title: {}, payer: false } } as const
    const booked = { ...draw, book: { hold: { debit: 'ext:payee:{payee}', credit: 'ext:customer:{user}' } } }
    for (const each of [free, booked])
      expect(defineCapability({ ...names, operations: { draw: each } }).id).toBe('lend')
  })

  it('gives something that nobody changes afterwards', () => {
    expect(Object.isFrozen(declare('read', 'done'))).toBe(true)
  })
})

describe('a need', () => {
  it('is optional when it is a want', () => {
    const options = { range: '^1', purpose: { en: 'to be paid' } }
    expect(need(payment, options)).toEqual({ capability: payment, ...options, optional: false })
    expect(want(payment, options).optional).toBe(true)
  })
})

describe('the payment capabilities', () => {
  it('keep the bank’s side for the dialogue', () => {
    expect([payment.audience, paymentDesk.audience]).toEqual(['scene', 'dialogue'])
  })

  it('take an amount only as money, and a purpose that fits on the card', () => {
    const { input } = payment.operations.pay
    const amount = { amountMinor: 12800n, currency: 'CNY' }
    expect(input.safeParse({ amount, purpose: 'two books' }).success).toBe(true)
    const wrong = [
      { amount: 128, purpose: 'two books' },
      { amount: { value: '12800', currency: 'CNY' }, purpose: 'two books' },
      { amount, purpose: '' },
      { amount, purpose: 'x'.repeat(61) },
      { amount, purpose: 'two books', payee: 'me' },
    ]
    expect(wrong.filter((value) => input.safeParse(value).success)).toEqual([])
  })

  it('carry a code by reference only', () => {
    const { input, confidential } = paymentDesk.operations.answer
    expect(confidential).toBe(true)
    expect(input.safeParse({ order: 'o', code: { secret: 'row' } }).success).toBe(true)
    expect(input.safeParse({ order: 'o', code: '123456' }).success).toBe(false)
  })
})
