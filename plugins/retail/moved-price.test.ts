import { openThread, type Stage } from '@inthread/sdk/testing'
import { describe, expect, it } from 'vitest'
import plugin from './plugin.ts'

const headset = { id: 'headset', state: 'open', name: '耳机', nameEn: 'Headset', price: '899.00', currency: 'CNY' }
const open = (): Stage => openThread(plugin, { locale: 'zh-CN', documents: { goods: [{ ...headset, stock: 2 }] } })

/** The shop brings in another row while a card is on the screen. */
function change(stage: Stage, fields: object): void {
  Object.assign(stage.documents('goods')[0] ?? {}, fields)
}

describe('a price that changes between the card and the payment', () => {
  it('is shown anew, with the thing kept, before anything is paid', () => {
    const stage = open()
    stage.user.says('购物')
    change(stage, { price: '949.00' })
    stage.user.taps('支付')
    stage.bot.said('金额已由 ¥899.00 变为 ¥949.00，请重新核对，没有扣款')
    expect([stage.bank.asked, stage.holds().length]).toEqual([[], 1])
    stage.user.taps('支付')
    expect(stage.bank.asked).toMatchObject([{ amount: { amountMinor: 949_00n } }])
  })

  it('is looked at on every other way to pay, too', () => {
    const stage = open()
    stage.user.says('购物')
    stage.user.taps('支付')
    stage.bank.declines('insufficient_funds')
    change(stage, { price: '949.00' })
    stage.user.taps('贷款支付')
    stage.bot.asked('耳机 ¥949.00')
    expect(stage.bank.asked).toHaveLength(1)
    stage.user.taps('分期付款')
    expect(stage.bank.asked).toHaveLength(2)
    stage.replaysExactly()
  })

  it('is nothing to pay any more for what the shop has taken off the shelf', () => {
    const stage = open()
    stage.user.says('购物')
    change(stage, { state: 'closed' })
    stage.user.taps('支付')
    stage.bot.said('已下架，没有扣款')
    expect([stage.bank.asked, stage.holds()]).toEqual([[], []])
  })
})
