import { describe, expect, it } from 'vitest'
import {
  buildSchedule,
  prepay,
  readMinor,
  writeMinor,
  type CreditTerms,
  type Prepayment,
  type Schedule,
} from '../../credit.ts'

const yuan = (amount: bigint): string => writeMinor(amount, 2)
const fen = (text: string): bigint => readMinor(text, 2)

const base: CreditTerms = {
  ...{ method: 'equal-instalment', principal: fen('12000.00'), annualRate: '0.12', periods: 12 },
  start: '2026-01-15',
}

/** Paid on the due day of the last payment, where no other day is named. */
function pay(
  schedule: Schedule,
  paid: number,
  { amount, strategy, on }: { amount: string; strategy: Prepayment['strategy']; on?: string },
): Schedule {
  const due = schedule.rows.find(({ n }) => n === paid)?.due ?? schedule.rows[0]?.from ?? ''
  return prepay(schedule, { paid, on: on ?? due, amount: fen(amount), strategy }).schedule
}

const write = ({ rows }: Schedule): readonly string[] =>
  rows.map(({ n, principal, interest }) => `${n}: ${yuan(principal)}+${yuan(interest)}`)

describe('a part paid early', () => {
  it.each(['2026-03-28', '2026-03-29', '2026-03-30'])(
    'at the end of a month that counts as a twelfth leaves no interest for the rest of it: %s',
    (on) => {
      const schedule = buildSchedule({ ...base, start: '2026-01-31' })
      const ask = { paid: 1, on, amount: fen('2000.00'), strategy: 'lower-instalment' as const }
      const prepaid = prepay(schedule, ask)
      expect([yuan(prepaid.interest), yuan(prepaid.schedule.rows[0]?.interest ?? -1n)]).toEqual(['110.54', '0.00'])
    },
  )
})
