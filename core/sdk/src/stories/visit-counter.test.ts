import { describe, expect, it } from 'vitest'
import { payment } from '../capabilities.ts'
import { defineCounter, paymentWords } from '../dialogue.ts'
import { minutes, money } from '../index.ts'
import {
  confirmAtCounter,
  openThread,
  prepareAtCounter,
  proveAtCounter,
  proveByCode,
  sendCode,
  type Stage,
} from '../testing.ts'

const counter = defineCounter({
  ...{ id: 'till', publisher: 'some-bank', version: '1.0.0', host: '^0.1' },
  title: { 'zh-CN': '收银台', en: 'Till' },
  provides: payment,
  words: paymentWords,
})
const order = { number: '0007', amount: money('79.00', 'CNY'), payee: 'Tea house ****3100' }
const account = { id: 'a-1', label: 'Debit card', mask: '****1234' }
const visit = { commit: 'pay', order: 'o-7', ready: { methods: [account], order }, confirm: 'Confirm payment' }
const open = (): Stage => openThread(counter, { locale: 'en' })

describe('a visit to a counter', () => {
  it('stops at the confirm card, or before it where there is something to choose', () => {
    const stage = open()
    prepareAtCounter(stage, visit)
    expect(stage.step()).toBe('confirm')
    const other = open()
    prepareAtCounter(other, {
      ...visit,
      ready: { methods: [account, { ...account, id: 'a-2', mask: '****5678' }], order },
    })
    expect(other.step()).toBe('choose')
  })

  it('stops at the question for the code, which says where it was sent and lives for two minutes', () => {
    const stage = open()
    confirmAtCounter(stage, { ...visit, destination: '139****0002' })
    stage.bot.asked('139****0002')
    expect(stage.step()).toBe('askCode')
    stage.clock.advance(minutes(2))
    expect(stage.step()).toBe('askAgain')
  })

  it('ends where the bank has the order, and nobody but the bank has seen the code', () => {
    const stage = open()
    proveAtCounter(stage, visit)
    expect(stage.step()).toBe('submit')
    expect(stage.bank.asked.at(-1)).toEqual({ order: 'o-7' })
    expect(stage.partnerSaw()).not.toContain('135790')
    stage.bank.accepts({ receipt: '0007' })
    stage.bot.said('Paid ¥79.00')
  })

  it('may come to its card another way', () => {
    const stage = open()
    prepareAtCounter(stage, visit)
    stage.user.says(visit.confirm)
    sendCode(stage)
    stage.bot.asked('138****0001')
    stage.clock.advance(minutes(2))
    stage.user.taps('Send another')
    proveByCode(stage, '139****0002')
    expect(stage.step()).toBe('submit')
  })
})
