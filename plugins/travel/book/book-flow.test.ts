import { readFileSync } from 'node:fs'
import { hours, minutes } from '@inthread/sdk'
import { describe, expect, it } from 'vitest'
import { openThread, type Stage, type ThreadOptions } from '@inthread/sdk/testing'
import plugin from '../plugin.ts'
import { buildDocuments } from '../rail/build-documents.ts'
import { readSentence } from '../words/read-wish.ts'

const tenant = new URL('../../../tenants/northern-rail/', import.meta.url)
const documents = buildDocuments((file) => readFileSync(new URL(file, tenant), 'utf8'))

/** Thursday, 5 March 2026, ten in the morning. */
const thursday = Date.parse('2026-03-05T10:00:00+08:00') * 1000

function play(words: string, changes: ThreadOptions = {}): Stage {
  const { now = thursday, timeZone = 'Asia/Shanghai' } = changes
  const input = words === '' ? {} : readSentence(words, { now, timeZone })
  expect(input, `${words} is understood`).toBeDefined()
  const stage = openThread(plugin, { now, timeZone, locale: 'zh-CN', documents, ...changes })
  stage.starts('book', input)
  return stage
}

/** The sentence of the story, up to the seat that is held. */
function playToSummary(changes: ThreadOptions = {}): Stage {
  const run = play('明天上午从成都到北京，一张二等座', changes)
  const english = changes.locale === 'en'
  run.user.says(english ? 'Correct' : '对')
  run.user.says(english ? 'Choose G308' : '选 G308')
  return run
}

function withPlaces(id: string, places: number): typeof documents {
  return { ...documents, seats: documents.seats.map((seat) => (seat['id'] === id ? { ...seat, places } : seat)) }
}

describe('the book flow, from sentence to ticket', () => {
  it('shows what it read, and then the trains of that morning', () => {
    const run = play('明天上午从成都到北京，一张二等座')
    expect(run.bot.text).toBe('3月6日 上午 成都→北京\n二等座 ×1\n我理解得对吗？')
    expect(run.bot.labels).toEqual(['对', '修改'])
    run.user.says('对')
    expect(run.bot.text).toContain('G308 08:00–15:46\n3月6日 成都东→北京西\n7小时46分 · 二等座 ¥553.50')
    expect(run.bot.labels).toEqual(['选 G308', '选 G310', '选 G312', '修改条件'])
  })

  it('holds a seat for fifteen minutes when a train is picked', () => {
    const run = playToSummary()
    expect(run.step()).toBe('summary')
    expect(run.holds()).toMatchObject([{ counter: 'seats/places/G308/second/2026-03-06', unit: 1, state: 'held' }])
    expect(run.bot.text).toBe(
      'G308 08:00 · ¥553.50\n3月6日 成都东→北京西，3月6日 15:46到\n二等座 ×1，座位为您保留到10:15',
    )
    expect(run.bot.labels).toEqual(['支付', '换一趟', '一等座 ¥885.50', '商务座 ¥1,748.50'])
  })

  it('asks the bank for exactly the fare, and not longer than the seat is held', () => {
    const run = playToSummary()
    run.user.says('支付')
    const amount = { amountMinor: 55350n, currency: 'CNY' }
    const expiresAt = thursday + minutes(15) * 1000
    expect(run.bank.asked).toEqual([{ amount, purpose: 'G308 成都东→北京西 3月6日', expiresAt }])
  })

  it('takes the seat and hands over the ticket when the bank has paid', () => {
    const run = playToSummary()
    run.user.says('支付')
    run.bank.answers('succeeded', { receipt: 'R-1001' })
    expect(run.bot.text).toBe(
      '出票成功 05车12A\nG308 成都东→北京西\n3月6日 08:00 开，3月6日 15:46 到\n二等座 ×1 · 已付 ¥553.50\n收据 R-1001',
    )
    expect(run.bot.messages[0]?.labels).toEqual(['加入日历'])
    expect(run.holds()).toMatchObject([{ unit: 1, state: 'taken' }])
    expect(run.step()).toBe('end')
  })

  it('speaks English throughout for an English reader', () => {
    const run = playToSummary({ locale: 'en' })
    expect(run.bot.text).toContain('6 Mar, Chengdu East → Beijing West, arriving 6 Mar 15:46')
    run.user.says('Pay')
    expect(run.bank.asked).toMatchObject([{ purpose: 'G308 Chengdu East→Beijing West 6 Mar' }])
    run.bank.answers('succeeded', { receipt: 'R-1001' })
    expect(run.bot.text).toContain('Ticket issued: Coach 5, seat 12A')
    expect(run.bot.text).not.toMatch(/\p{Script=Han}/u)
  })

  it('sells another class when it is asked for, and frees the first seat', () => {
    const run = playToSummary()
    run.user.says('一等座 ¥885.50')
    expect(run.holds()).toMatchObject([{ counter: 'seats/places/G308/first/2026-03-06' }])
    run.user.says('支付')
    expect(run.bank.asked).toMatchObject([{ amount: { amountMinor: 88550n } }])
  })
})

describe('the book flow, asking for what is missing', () => {
  it('asks for origin, destination and day, without checking what it was told piece by piece', () => {
    const run = play('')
    expect(run.bot.text).toBe('您从哪个城市出发？')
    run.user.says('成都')
    expect(run.bot.text).toBe('从成都出发，您要去哪个城市？')
    expect(run.bot.labels).not.toContain('成都')
    run.user.says('西安')
    expect(run.bot.text).toContain('比如“3月6日”')
    expect(run.bot.labels).toEqual(['今天 3月5日', '明天 3月6日', '后天 3月7日'])
    run.user.says('下周一')
    expect(run.step()).toBe('pick')
    expect(run.bot.text).toContain('3月9日 成都东→西安北')
  })

  it('takes over everything that an answer says', () => {
    const run = play('后天去上海')
    expect(run.bot.text).toBe('去上海，您从哪个城市出发？')
    run.user.says('从成都出发，二等座')
    expect(run.step()).toBe('pick')
    expect(run.bot.text).toContain('3月7日 成都东→上海虹桥')
  })

  it('asks for the part of the day when there are many trains, and only then', () => {
    const run = play('明天成都到北京')
    run.user.says('对')
    expect(run.bot.text).toBe('3月6日成都到北京有7趟车，您想什么时候出发？')
    expect(run.bot.labels).toEqual(['上午（3趟）', '下午（2趟）', '晚上（2趟）', '全天都看'])
    run.user.says('晚上')
    expect(run.bot.labels).toEqual(['选 D318', '选 D328', '修改条件'])
    expect(run.bot.text).toContain('D318 18:40–3月7日 04:52')
  })

  it('sells one ticket at a time and says so', () => {
    const run = play('两张明天上午成都到北京的票')
    expect(run.bot.messages[0]?.text).toContain('一次只能订一张')
    expect(run.step()).toBe('check')
    run.user.says('对')
    expect(run.bot.messages).toHaveLength(1)
  })

  it('does not travel from a city to itself', () => {
    const run = play('明天上午从成都到成都')
    expect(run.bot.messages[0]?.text).toContain('出发和到达都是成都')
    run.user.says('成都')
    expect(run.step()).toBe('askDestination')
    run.user.says('北京')
    expect(run.step()).toBe('pick')
  })

  it('turns the direction round on request', () => {
    const run = play('明天上午从成都到北京')
    run.user.says('修改')
    run.user.says('对调出发和到达')
    expect(run.bot.text).toContain('北京西→成都东')
  })

  it.each([
    ['昨天从成都到北京', '3月4日已经过去了'],
    ['6月6日成都到北京', '目前可以订到5月4日'],
  ])('refuses kindly: %s', (words, answer) => {
    const run = play(words)
    expect(run.bot.messages[0]?.text).toContain(answer)
    expect(run.step()).toBe('askDate')
    run.user.says('后天上午')
    expect(run.step()).toBe('pick')
  })

  it('sells the last day on sale', () => {
    const run = play('5月4日上午成都到北京')
    expect(run.step()).toBe('check')
  })

  it('asks for another day and another time of day when the user wants to change', () => {
    const run = play('明天上午从成都到北京')
    run.user.says('不对')
    run.user.says('换时段')
    expect(run.step()).toBe('askPart')
    run.user.says('下午（2趟）')
    run.user.says('修改条件')
    run.user.says('换日期')
    run.user.says('3月9日')
    expect(run.bot.text).toContain('G320 14:00–21:38\n3月9日')
  })

  it('corrects while looking at the list', () => {
    const run = play('明天上午从成都到北京')
    run.user.says('对')
    run.user.says('改到下午')
    expect(run.bot.labels).toEqual(['选 G320', '选 G322', '修改条件'])
    run.user.says('一等座')
    expect(run.bot.text).toContain('一等座 ¥943.00')
  })

  it.each([
    ['308', 'G308'],
    ['g310', 'G310'],
    ['第三趟', 'G312'],
    ['2', 'G310'],
    ['the last one', 'G312'],
  ])('picks the train that is meant by %s', (words, number) => {
    const run = play('明天上午从成都到北京')
    run.user.says('对')
    run.user.says(words)
    expect(run.bot.text).toContain(number)
    expect(run.step()).toBe('summary')
  })
})

describe('the book flow, when trains are gone or full', () => {
  it('leaves out what departs in less than twenty minutes', () => {
    const at0900 = thursday - hours(1) * 1000
    expect(play('今天上午成都到北京', { now: at0900 }).step()).toBe('check')
    const run = play('今天上午成都到北京', { now: at0900 })
    run.user.says('对')
    expect(run.bot.labels).toEqual(['选 G310', '选 G312', '修改条件'])
    const late = play('今天上午成都到北京', { now: at0900 + 1 })
    late.user.says('对')
    expect(late.bot.labels).toEqual(['选 G312', '修改条件'])
  })

  it('does not sell a train that became too near while the list was on the screen', () => {
    const run = play('今天上午成都到北京', { now: thursday - hours(1) * 1000 })
    run.user.says('对')
    run.clock.advance(minutes(10))
    run.user.says('选 G310')
    expect(run.bot.messages[0]?.text).toContain('G310即将发车')
    expect(run.bot.labels).toEqual(['选 G312', '修改条件'])
    expect(run.holds()).toEqual([])
  })

  it('offers other days when nothing is left today', () => {
    const run = play('今天成都到北京', { now: thursday + hours(13) * 1000 })
    run.user.says('对')
    expect(run.bot.text).toContain('3月5日已没有可订的成都到北京车次')
    run.user.says('3月7日')
    expect(run.step()).toBe('askPart')
  })

  it('offers the rest of the day when the part has nothing', () => {
    const run = play('明天晚上从成都到西安')
    run.user.says('对')
    expect(run.bot.text).toBe('3月6日晚上没有可订的车次，当天其他时间还有2趟。')
    run.user.says('全天都看')
    expect(run.bot.labels).toEqual(['选 D1912', '选 G1914', '修改条件'])
  })

  it('says when no train goes there, and when none has the class', () => {
    const nowhere = play('明天从成都到三亚')
    nowhere.user.says('对')
    expect(nowhere.bot.text).toBe('目前没有成都到三亚的直达列车。')
    const noBusiness = play('明天从成都到西安，商务座')
    noBusiness.user.says('对')
    expect(noBusiness.bot.text).toBe('成都到西安的列车没有商务座。')
    noBusiness.user.says('看二等座')
    expect(noBusiness.step()).toBe('pick')
  })

  it('goes back to the list without a train that is full, but keeps its other class', () => {
    const run = play('明天上午从成都到北京', { documents: withPlaces('G308/second', 1) })
    run.others.reserve('seats', 'places', { key: 'G308/second', part: '2026-03-06' })
    run.user.says('对')
    run.user.says('选 G308')
    expect(run.bot.messages[0]?.text).toBe('G308 3月6日的二等座刚刚售完，看看其他车次吧。')
    expect(run.bot.labels).toEqual(['选 G310', '选 G312', '修改条件'])
    run.user.says('一等座')
    expect(run.bot.labels).toContain('选 G308')
  })

  it('releases the seat when another train is wanted', () => {
    const run = playToSummary()
    run.user.says('换一趟')
    expect(run.holds()).toEqual([])
    expect(run.step()).toBe('pick')
    expect(run.bot.labels).toContain('选 G308')
  })

  it('lets the seat go after fifteen minutes, and says so', () => {
    const run = playToSummary()
    run.clock.advance(minutes(15))
    expect(run.bot.text).toContain('G308的座位保留时间已到')
    expect(run.step()).toBe('end')
    expect(run.holds()).toEqual([])
  })
})

describe('the book flow, when the payment does not go well', () => {
  it.each([
    ['declined', { reason: 'insufficient_funds' }, '账户余额不足 ¥553.50'],
    ['declined', { reason: 'declined' }, '银行没有通过这笔付款'],
    ['declined', { reason: 'try_later' }, '银行正忙'],
    ['cancelled', {}, '支付已取消'],
    ['expired', {}, '支付时间已过'],
  ])('%s %j: says why, frees the seat and offers to try again', (outcome, value, words) => {
    const run = playToSummary()
    run.user.says('支付')
    run.bank.answers(outcome, value)
    expect(run.bot.text).toContain(words)
    expect(run.bot.text).toContain('没有扣款')
    expect(run.holds()).toEqual([])
    expect(run.bot.labels).toEqual(['再试一次', '换一趟', '不订了'])
  })

  it('holds a seat again for the second try, and sells it', () => {
    const run = playToSummary()
    run.user.says('支付')
    run.bank.answers('declined', { reason: 'insufficient_funds' })
    run.user.says('重试')
    expect(run.step()).toBe('summary')
    run.user.says('支付')
    expect(run.bank.asked).toHaveLength(2)
    run.bank.answers('succeeded', { receipt: 'R-1002' })
    expect(run.bot.text).toContain('出票成功 05车12A')
  })

  it('asks again after every failed try', () => {
    const run = playToSummary()
    for (const outcome of ['cancelled', 'expired', 'cancelled']) {
      run.user.says('支付')
      run.bank.answers(outcome)
      expect(run.step()).toBe('askAgain')
      run.user.says('再试一次')
    }
    expect(run.step()).toBe('summary')
  })

  it('goes to the list, or says goodbye', () => {
    const other = playToSummary()
    other.user.says('支付')
    other.bank.answers('cancelled')
    other.user.says('换一趟')
    expect(other.step()).toBe('pick')
    const stop = playToSummary()
    stop.user.says('支付')
    stop.bank.answers('cancelled')
    stop.user.says('不订了')
    expect(stop.step()).toBe('end')
  })

  it('does not offer another try to somebody who cannot pay this way', () => {
    const run = playToSummary()
    run.user.says('支付')
    run.bank.answers('declined', { reason: 'not_linked' })
    expect(run.bot.text).toContain('还没有在银行开通')
    expect(run.step()).toBe('end')
    expect(run.holds()).toEqual([])
  })

  it('keeps the seat and forbids a second payment while the bank does not know', () => {
    const run = playToSummary()
    run.user.says('支付')
    run.bank.answers('unknown')
    expect(run.bot.text).toContain('请不要重复支付')
    expect(run.step()).toBe('waitForBank')
    expect(run.holds()).toMatchObject([{ unit: 1, state: 'committing' }])
  })

  it('hands over the ticket when the bank finds out that it was paid', () => {
    const run = playToSummary()
    run.user.says('支付')
    run.bank.answers('unknown')
    run.bank.settles({ result: 'succeeded', receipt: 'R-1004' })
    expect(run.bot.text).toContain('出票成功 05车12A')
    expect(run.holds()).toMatchObject([{ unit: 1, state: 'taken' }])
  })

  it('frees the seat when the bank finds out that it was not', () => {
    const run = playToSummary()
    run.user.says('支付')
    run.bank.answers('unknown')
    run.bank.settles({ result: 'declined', reason: 'declined' })
    expect(run.bot.text).toContain('银行没有通过这笔付款')
    expect(run.holds()).toEqual([])
  })

  it('is honest when the seat is lost although it was paid', () => {
    const paid = playToSummary()
    paid.user.says('支付')
    paid.others.lapse()
    paid.bank.answers('succeeded', { receipt: 'R-1003' })
    paid.bank.answers('declined', { reason: 'declined' })
    expect(paid.bot.text).toContain('工作人员会为您改订或退款。收据 R-1003')
  })

  it('gives the money back when the seat is lost although it was paid', () => {
    const paid = playToSummary()
    paid.user.says('支付')
    paid.others.lapse()
    paid.bank.answers('succeeded', { receipt: 'R-1003' })
    expect(paid.bank.asked.at(-1)).toMatchObject({ receipt: 'R-1003', amount: { amountMinor: 55350n } })
    paid.bank.answers('succeeded', { receipt: 'F-1' })
    expect(paid.bot.text).toContain('¥553.50 已原路退回')
  })
})
