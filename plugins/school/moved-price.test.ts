import { openThread, type Stage } from '@inthread/sdk/testing'
import { describe, expect, it } from 'vitest'
import plugin from './plugin.ts'

const fee = { id: 'meal', state: 'open', name: '4月餐费', nameEn: 'Meals in April', amount: '480.00', currency: 'CNY' }
const course = {
  ...{ id: 'code', state: 'open', name: '编程课', nameEn: 'Coding', months: 24, amount: '18800.00', currency: 'CNY' },
  ...{ refund: '5000.00', places: 2, loan: 'education-loan' },
}
const open = (): Stage => openThread(plugin, { locale: 'zh-CN', documents: { fees: [fee], courses: [course] } })

/** The school brings in another row while a card is on the screen. */
function change(stage: Stage, collection: string, fields: object): void {
  Object.assign(stage.documents(collection)[0] ?? {}, fields)
}

describe('a price that changes between the card and the payment', () => {
  it('is shown anew before a fee is paid, and the new one is paid', () => {
    const stage = open()
    stage.user.says('餐费')
    change(stage, 'fees', { amount: '500.00' })
    stage.user.taps('支付')
    stage.bot.said('金额已由 ¥480.00 变为 ¥500.00，请重新核对，没有扣款')
    expect(stage.bank.asked).toEqual([])
    stage.user.taps('支付')
    expect(stage.bank.asked).toMatchObject([{ amount: { amountMinor: 500_00n } }])
    stage.replaysExactly()
  })

  it('is not asked for any more once the school has closed the fee', () => {
    const stage = open()
    stage.user.says('餐费')
    change(stage, 'fees', { state: 'closed' })
    stage.user.taps('支付')
    stage.bot.said('已停止收费')
    expect(stage.bank.asked).toEqual([])
  })

  it('is shown anew before a course is lent for, with its place kept', () => {
    const stage = open()
    stage.user.says('报课程')
    change(stage, 'courses', { amount: '19800.00' })
    stage.user.taps('分期贷款')
    stage.bot.asked('编程课 · 24 个月 · ¥19,800.00')
    expect(stage.holds()).toHaveLength(1)
    stage.user.taps('分期贷款')
    expect(stage.bank.asked).toMatchObject([{ amount: { amountMinor: 19_800_00n } }])
  })
})
