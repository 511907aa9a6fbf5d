import { describe, expect, it } from 'vitest'
import { platformTexts } from './platform-texts.ts'

const states = ['open', 'checking', 'succeeded', 'failed', 'cancelled', 'expired'] as const

describe('how an order stands', () => {
  it.each(['zh-CN', 'en'])('speaks of paying only where an account is charged (%s)', (locale) => {
    const { standing } = platformTexts(locale)
    for (const state of states) {
      expect(standing[state]({ number: '0021', state, pays: false })).not.toMatch(/支付|扣款|pay|paid|money|charged/)
      expect(standing[state]({ number: '0021', state })).toBe(standing[state]({ number: '0021', state, pays: true }))
      expect(standing[state]({ number: '0021', state })).toMatch(/0021.*(支付|扣款)|0021.*(pay|paid|money)/)
    }
  })
})
