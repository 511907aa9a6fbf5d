import { openThread, type Stage } from '@inthread/sdk/testing'
import { describe, expect, it } from 'vitest'
import plugin from './plugin.ts'

const lens = { id: 'lens', state: 'open', name: '二手镜头', nameEn: 'Used lens', price: '880.00', currency: 'CNY' }
const open = (): Stage => openThread(plugin, { locale: 'zh-CN', documents: { finds: [{ ...lens, count: 1 }] } })

describe('what has changed between the card and the payment', () => {
  it('is shown anew when it is the price, before the bank is asked', () => {
    const stage = open()
    stage.user.says('二手')
    Object.assign(stage.documents('finds')[0] ?? {}, { price: '900.00' })
    stage.user.taps('买二手镜头')
    stage.bot.said('金额已由 ¥880.00 变为 ¥900.00，请重新核对，没有扣款')
    expect(stage.bank.asked).toEqual([])
    stage.user.taps('买二手镜头')
    expect(stage.bank.asked).toMatchObject([{ amount: { amountMinor: 900_00n } }])
    stage.replaysExactly()
  })

  it('is not sold any more when the shop has closed it', () => {
    const stage = open()
    stage.user.says('二手')
    Object.assign(stage.documents('finds')[0] ?? {}, { state: 'closed' })
    stage.user.taps('买二手镜头')
    stage.bot.said('已经被别人买走了，没有扣款')
    expect([stage.bank.asked, stage.holds()]).toEqual([[], []])
  })
})
