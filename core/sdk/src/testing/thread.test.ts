import { describe, expect, it } from 'vitest'
import { teaHouse, teas } from '../../test/tea-house.ts'
import { hours, minutes } from '../time.ts'
import { openThread, type Stage } from './stage.ts'
import { writeText } from './write-text.ts'

const open = (options = {}): Stage => openThread(teaHouse, { documents: teas, ...options })
const faultOf = (work: () => void): string => {
  try {
    work()
  } catch (error) {
    return String(error)
  }
  return 'nothing was wrong'
}

describe('a thread', () => {
  it('goes from words to a payment and what follows', () => {
    const { user, bank, bot, ...stage } = open()
    user.says(' Tea ')
    bot.asked('Which tea?')
    expect(bot.labels).toEqual(['Green tea', 'Black tea'])
    user.says('green tea')
    expect(bank.asked).toEqual([{ amount: { amountMinor: 1200n, currency: 'CNY' }, purpose: 'tea: green' }])
    bank.accepts()
    bot.said(/^Paid ¥12.00\.$/)
    expect(stage.documents('favourites')).toEqual([{ id: 'me', tea: 'green' }])
  })

  it('counts the goods of its tenant', () => {
    const stage = open()
    stage.others.reserve('teas', 'cups', { key: 'green' })
    stage.starts('order')
    stage.user.taps('Green tea')
    stage.bot.said('We are out of it.')
  })

  it('reminds and gives up when time passes, and not before', () => {
    const { starts, clock, bot, ...stage } = open()
    starts('order')
    clock.advance(minutes(5) - 1)
    expect(bot.messages).toEqual([])
    clock.advance(1)
    bot.said('Are you still there?')
    clock.advance(minutes(5))
    expect(stage.step()).toBe('end')
  })

  it('lets another wish go first and comes back to the question', () => {
    const { user, bot } = open()
    user.says('tea')
    user.says('hours')
    expect(bot.messages.map(({ text }) => text)).toEqual(['We are open until six.', 'Which tea?'])
    user.taps('Black tea')
    expect(bot.platform).toEqual([])
  })

  it('takes the words of the platform and the bank for theirs', () => {
    const { user, bank, bot, ...stage } = open()
    user.says('tea')
    user.says('purple')
    expect(bot.platform).toEqual(['notRead'])
    user.says('cancel')
    expect(stage.step()).toBe('end')
    user.says('tea')
    user.taps('Black tea')
    user.says('my code is 123456')
    expect(stage.partnerSaw()).not.toContain('123456')
    user.says('cancel')
    bot.said('Nothing was paid.')
    expect(bank.asked).toHaveLength(1)
    user.taps('Black tea')
    expect(bot.platform).toEqual(['usedButton'])
  })

  it('replays its journals', () => {
    const { user, ...stage } = open()
    user.says('tea')
    user.taps('Green tea')
    stage.replaysExactly()
    expect(stage.partnerSaw()).toContain('tea: green')
  })

  it('keeps a question for twelve hours while something else is asked', () => {
    const { user, clock, ...stage } = open()
    user.says('tea')
    user.taps('Black tea')
    stage.starts('order')
    user.says('hours')
    expect(stage.step()).toBe('which')
    clock.advance(hours(13))
    expect(stage.step()).toBe('pay')
  })

  it('lets nobody confirm an order that is over', () => {
    const { user, bank, clock, bot, ...stage } = open()
    user.says('tea')
    user.taps('Green tea')
    clock.advance(minutes(15) - 1)
    expect(stage.holds()).toMatchObject([{ state: 'held' }])
    clock.advance(1)
    expect(stage.holds()).toEqual([])
    expect(faultOf(() => bank.accepts())).toContain('cannot end as "succeeded" at 2026-03-05T02:15:00.000Z')
    expect(faultOf(() => bank.timesOut())).toContain('it ends as "expired" (bank.expires())')
    user.says('cancel')
    bot.said('Nothing was paid.')
  })

  it('loses nothing that the bank works on', () => {
    const { user, bank, clock, bot, others, ...stage } = open()
    user.says('tea')
    user.taps('Green tea')
    clock.advance(minutes(14))
    bank.timesOut()
    clock.advance(hours(2))
    others.lapse()
    expect(stage.holds()).toMatchObject([{ state: 'committing' }])
    bank.settles({ result: 'succeeded', receipt: 'R-1' })
    bot.said('Paid')
  })

  it('says what is wrong with a story', () => {
    const stage = open()
    expect(faultOf(() => stage.user.taps('Coffee'))).toContain('there is no button "Coffee"; there are none')
    expect(faultOf(() => stage.bank.accepts())).toContain('nothing was asked of the bank')
    expect(faultOf(() => stage.starts('sell'))).toContain('no flow "sell", only order, hours')
    stage.starts('order')
    stage.user.taps('Green tea')
    expect(faultOf(() => stage.bank.answers('refused'))).toContain('only as succeeded, declined, cancelled')
    expect(faultOf(() => stage.bank.declines('moon'))).toContain('"declined" of pay.pay comes with other data: reason')
    expect(faultOf(() => stage.bot.said('Coffee'))).toContain('the bot did not say Coffee but nothing')
    expect(faultOf(() => open({ config: { price: 12 } }))).toContain('the config does not fit: price')
  })
})

describe('a text', () => {
  it('is written with its conditions', () => {
    const write = (again: number): string =>
      writeText(teaHouse, { template: 'hello', vars: { name: 'Li', again } }, { locale: 'zh-CN', timeZone: 'UTC' })
    expect([write(0), write(2)]).toEqual(['Hello, Li.', 'Hello again, Li.'])
  })
})
