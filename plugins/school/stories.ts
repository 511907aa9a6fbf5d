import { days, hours } from '@inthread/sdk'
import { story, type Stage, type Story } from '@inthread/sdk/testing'
import plugin from './plugin.ts'

const fees = [
  { id: 'meal', state: 'open', name: '4月餐费', nameEn: 'Meals in April', amount: '480.00', currency: 'CNY' },
]
const courses = [
  {
    ...{ id: 'code', state: 'open', name: '编程课', nameEn: 'Coding', months: 24, amount: '18800.00', currency: 'CNY' },
    ...{ refund: '5000.00', places: 2, loan: 'education-loan' },
  },
]
const documents = { fees, courses }
const setting = { plugin, locale: 'zh-CN', documents }
const english = { plugin, locale: 'en', documents }

function askFee({ user, bot }: Stage): void {
  user.says('餐费')
  bot.asked('4月餐费 ¥480.00')
  user.taps('支付')
}

function askLoan({ user, bot }: Stage): void {
  user.says('我想报 24 个月的编程课')
  bot.asked('编程课 · 24 个月 · ¥18,800.00')
  user.taps('分期贷款')
}

const feeStories = [
  story('fee-paid', setting, (stage) => {
    askFee(stage)
    stage.bank.accepts({ receipt: 'R-1' })
    stage.bot.said('已缴')
    stage.user.says('餐费')
    stage.bot.said('不用再付')
    stage.money.balanced()
  }),
  story('fee-in-english', english, ({ user, bank, bot }) => {
    user.says('meal fee')
    bot.asked('Meals in April ¥480.00')
    user.taps('Pay')
    bank.accepts({ receipt: 'R-1' })
    bot.said('is paid, thank you')
  }),
  story('fee-without-money', setting, (stage) => {
    askFee(stage)
    stage.bank.declines('insufficient_funds')
    stage.bot.asked('4月餐费还没有缴')
    if (stage.bot.text.includes('余额')) throw new Error("why not is the bank's to say")
    stage.user.taps('再试一次')
    stage.bank.accepts({ receipt: 'R-1' })
    stage.bot.said('已缴')
  }),
  story('fee-answer-lost', setting, (stage) => {
    askFee(stage)
    stage.bank.timesOut()
    stage.bot.said('不要再付一次')
    stage.bank.settles({ result: 'succeeded', receipt: 'R-2' })
    stage.bot.said('已缴')
  }),
  story('fee-never-decided', setting, (stage) => {
    askFee(stage)
    stage.bank.timesOut()
    stage.clock.advance(hours(30))
    stage.bot.said('请不要再付一次，回复“人工”')
  }),
  story('fee-later', setting, ({ user, bot }) => {
    user.says('缴费')
    user.taps('稍后')
    bot.said('随时回来')
  }),
]

/** Two courses of one pupil, both paid in full. */
function takeBoth({ user, bank }: Stage): void {
  for (const name of ['编程课', '书法课']) {
    user.says('报课程')
    user.taps(`报${name}`)
    user.taps('全额支付')
    bank.accepts({ receipt: `R-${name}` })
  }
}

const twoCourses = {
  ...setting,
  documents: { fees, courses: [courses[0] ?? {}, { ...courses[0], id: 'brush', name: '书法课', refund: '800.00' }] },
}

const leaveStories = [
  story('leave-the-older-course', twoCourses, (stage) => {
    takeBoth(stage)
    stage.user.says('退课')
    stage.bot.asked('要退哪一门课')
    stage.user.taps('退编程课')
    stage.bot.asked('退课：编程课，退 ¥5,000.00')
    stage.user.taps('确认退课')
    stage.bank.accepts({ receipt: 'R-编程课' })
    stage.bot.said('编程课已退')
    stage.user.says('退课')
    stage.bot.asked('退课：书法课，退 ¥800.00')
    stage.user.taps('不退了')
  }),
  story('leave-too-late', setting, (stage) => {
    stage.user.says('报课程')
    stage.user.taps('全额支付')
    stage.bank.accepts({ receipt: 'R-3' })
    stage.clock.advance(days(32))
    stage.user.says('退课')
    stage.bot.said('在这里退课限付款后 31 天内')
    if (stage.bank.asked.length !== 1) throw new Error('nothing is given back')
  }),
  story('refund-never-decided', setting, (stage) => {
    stage.user.says('报课程')
    stage.user.taps('全额支付')
    stage.bank.accepts({ receipt: 'R-3' })
    stage.user.says('退课')
    stage.user.taps('确认退课')
    stage.bank.timesOut()
    stage.clock.advance(hours(72))
    stage.bot.said('¥5,000.00 还没有退成')
  }),
]

const lostStories = [
  story('place-lost', setting, (stage) => {
    stage.user.says('报课程')
    stage.user.taps('全额支付')
    stage.others.lapse()
    stage.bank.accepts({ receipt: 'R-8' })
    stage.bot.said('¥18,800.00 正在退回付款账户')
    stage.bank.accepts({ receipt: 'F-8' })
    stage.bot.said('¥18,800.00 已退回付款账户')
  }),
  story('place-lost-refund-refused', setting, (stage) => {
    stage.user.says('报课程')
    stage.user.taps('全额支付')
    stage.others.lapse()
    stage.bank.accepts({ receipt: 'R-8' })
    stage.bank.declines()
    stage.bot.said('还没有退成。请回复“人工”')
  }),
  story('place-lost-by-loan', setting, (stage) => {
    askLoan(stage)
    stage.others.lapse()
    stage.bank.accepts({ receipt: 'R-9' })
    stage.bot.said('正在退给银行')
    stage.bank.timesOut()
    stage.bank.settles({ result: 'succeeded', receipt: 'R-9' })
    stage.bot.said('已退给银行，用来还这笔贷款')
  }),
  story('course-refused-then-paid', setting, (stage) => {
    stage.user.says('报课程')
    stage.user.taps('全额支付')
    stage.bank.declines('insufficient_funds')
    stage.bot.asked('名额还为您保留')
    stage.user.taps('全额支付')
    stage.bank.accepts({ receipt: 'R-3' })
    stage.bot.said('已开通')
  }),
]

const courseStories = [
  story('course-paid-in-full', setting, (stage) => {
    stage.user.says('报课程')
    stage.user.taps('全额支付')
    stage.bank.accepts({ receipt: 'R-3' })
    stage.bot.said('已开通')
    stage.user.says('退课')
    stage.bot.asked('退 ¥5,000.00')
    stage.user.taps('确认退课')
    stage.bank.accepts({ receipt: 'R-3' })
    stage.bot.said('退回您的账户')
  }),
  story('course-by-loan', setting, (stage) => {
    askLoan(stage)
    stage.bank.accepts({ receipt: 'R-4' })
    stage.bot.said('已开通')
    if (stage.holds().some(({ state }) => state !== 'taken')) throw new Error('the place is taken for good')
    stage.user.says('退课')
    stage.bot.asked('不退现金')
    stage.user.taps('确认退课')
    stage.bank.accepts({ receipt: 'R-4' })
    stage.bot.said('已退给银行，用于提前还本')
  }),
  story('loan-on-its-way', english, ({ user, bank, bot }) => {
    user.says('I want to take a 24-month coding course')
    bot.asked('Coding · 24 months · ¥18,800.00')
    user.taps('Pay by loan')
    bank.answers('pending', { receipt: 'R-5' })
    bot.said('kept until the loan arrives')
    bank.settles({ result: 'succeeded', receipt: 'R-5' })
    bot.said('Your place in')
  }),
  story('loan-declined-then-in-full', setting, (stage) => {
    askLoan(stage)
    stage.bank.declines()
    stage.bot.asked('要全额支付吗')
    stage.user.taps('全额支付')
    stage.bank.accepts({ receipt: 'R-6' })
    stage.bot.said('已开通')
    if (stage.partnerSaw().includes('征信')) throw new Error('a school hears no reason')
  }),
  story('loan-left', setting, (stage) => {
    askLoan(stage)
    stage.bank.cancels()
    stage.user.taps('先不报了')
    stage.bot.said('没有扣款')
    if (stage.holds().length > 0) throw new Error('the place goes back')
  }),
  story('loan-expired', setting, (stage) => {
    askLoan(stage)
    stage.clock.advance(hours(24))
    stage.bank.expires()
    stage.bot.asked('要全额支付吗')
  }),
  story('loan-answer-lost', setting, (stage) => {
    askLoan(stage)
    stage.bank.timesOut()
    stage.bot.said('不要再付一次')
    stage.bank.settles({ result: 'declined', reason: 'declined' })
    stage.bot.said('没有扣款')
  }),
  story('no-loans-here', setting, (stage) => {
    askLoan(stage)
    stage.bank.answers('unavailable')
    stage.bot.asked('不能用贷款')
    stage.user.taps('先不报了')
  }),
  story('refund-is-checked', setting, (stage) => {
    askLoan(stage)
    stage.bank.accepts({ receipt: 'R-7' })
    stage.user.says('退课')
    stage.user.taps('确认退课')
    stage.bank.timesOut()
    stage.bot.said('不用重复申请')
    stage.bank.settles({ result: 'succeeded', receipt: 'R-7' })
    stage.bot.said('用于提前还本')
  }),
  story('full-course', { ...setting, documents: { fees, courses: [{ ...courses[0], places: 1 }] } }, (stage) => {
    stage.others.reserve('courses', 'places', { key: 'code' })
    stage.user.says('报课程')
    stage.bot.said('报满')
  }),
]

export const stories: readonly Story[] = [...feeStories, ...courseStories, ...leaveStories, ...lostStories]
