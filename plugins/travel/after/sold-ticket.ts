import type { Stage } from '@inthread/sdk/testing'

/** How most stories of tickets begin: G308 tomorrow at eight, seat 12A, 553.50, paid with R-1. */
export function buyTicket({ user, bank, bot }: Stage): void {
  user.says('明天上午从成都到北京，一张二等座')
  user.taps('对')
  user.taps('选 G308')
  user.taps('支付')
  bank.accepts({ receipt: 'R-1' })
  bot.said('出票成功 05车12A')
}

/** The seats that are sold, by train. */
function soldSeats({ holds }: Stage): readonly string[] {
  return holds().map(({ counter, state }) => `${counter.split('/')[2] ?? ''} ${state}`)
}

export function assertSeats(stage: Stage, wanted: readonly string[]): void {
  const sold = soldSeats(stage)
  if (sold.join() !== wanted.join()) throw new Error(`the seats are ${sold.join()} and not ${wanted.join()}`)
}

export function assertRefunds({ bank }: Stage, wanted: readonly string[]): void {
  const asked = bank.asked.filter((each): each is object => typeof each === 'object' && each !== null)
  const refunds = asked.flatMap((each) => ('receipt' in each && 'amount' in each ? [each] : []))
  const sums = refunds.map(({ receipt, amount }) => `${String(receipt)} ${minorOf(amount)}`)
  if (sums.join() !== wanted.join()) throw new Error(`the refunds are ${sums.join()} and not ${wanted.join()}`)
}

function minorOf(amount: unknown): string {
  return typeof amount === 'object' && amount !== null && 'amountMinor' in amount ? String(amount.amountMinor) : ''
}
