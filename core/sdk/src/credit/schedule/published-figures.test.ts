import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  buildSchedule,
  discloseRates,
  parseRate,
  prepay,
  quotePayoff,
  readMinor,
  writeDecimal,
  writeMinor,
  type CreditTerms,
  type Fraction,
  type PayoffAsk,
  type Prepayment,
  type Schedule,
} from '../../credit.ts'
import { divideFixed, fixedOne, fromFixedPoint, powerFixed } from '../exact/fixed-point.ts'
import { solveDiscount } from '../exact/solve-discount.ts'

const amounts = ['principal', 'instalment', 'instalmentMultiple', 'downPayment', 'principalPart'] as const

/** Terms of ours, with amounts as decimal text. */
type Terms = Omit<CreditTerms, (typeof amounts)[number] | 'fees'> &
  Readonly<Partial<Record<(typeof amounts)[number], string>>> & { readonly fees?: { readonly keptBack: string } }

type Some = Readonly<Record<string, string>>

interface PublishedSchedule {
  readonly title: string
  readonly scale?: number
  readonly terms: Terms
  readonly rows?: readonly string[] | Some
  readonly dues?: readonly string[]
  readonly count?: number
  readonly instalment?: string
  readonly principal?: Some
  readonly interest?: Some
  readonly totalInterest?: string
  readonly percentCompound?: string
  readonly percentByDates?: string
}

interface PublishedEvent {
  readonly title: string
  readonly loan: Terms
  readonly ask: PayoffAsk & Omit<Prepayment, 'amount'> & { readonly amount?: string }
  readonly rows?: readonly string[]
  readonly count?: number
  readonly payoff?: string
}

interface PublishedFlows {
  readonly title: string
  readonly net: string
  readonly flows: readonly (readonly [number, number, string])[]
  readonly perYear: number
  readonly simple?: string
  readonly compound?: string
}

const published = JSON.parse(
  readFileSync(new URL('../../../test/published-figures.json', import.meta.url), 'utf8'),
) as {
  readonly schedules: readonly PublishedSchedule[]
  readonly events: readonly PublishedEvent[]
  readonly flows: readonly PublishedFlows[]
}

function readTerms({ fees, ...terms }: Terms, scale = 2): CreditTerms {
  const read = amounts.flatMap((name) => {
    const text = terms[name]
    return text === undefined ? [] : [[name, readMinor(text, scale)] as const]
  })
  const kept = fees === undefined ? {} : { fees: { keptBack: readMinor(fees.keptBack, scale) } }
  const others: Omit<Terms, (typeof amounts)[number] | 'fees'> = terms
  return { ...others, principal: 0n, ...Object.fromEntries(read), ...kept }
}

/** What of ours has been published, in the shape in which it is. */
const pick = (ours: readonly string[], theirs: readonly string[] | Some): readonly string[] | Some =>
  Array.isArray(theirs) ? ours : Object.fromEntries(Object.keys(theirs).map((n) => [n, ours[Number(n) - 1] ?? '']))

/** A rate as a percentage with the digits of the published one. */
const writeLike = (percent: string, { numerator, denominator }: Fraction): string =>
  writeDecimal({ numerator: numerator * 100n, denominator }, percent.split('.')[1]?.length ?? 0)

function readSchedule({ title: _, scale = 2, terms, ...said }: PublishedSchedule): [ours: object, theirs: object] {
  const write = (amount: bigint): string => writeMinor(amount, scale)
  const schedule = buildSchedule(readTerms(terms, scale))
  const { rows, instalment = 0n, totals } = schedule
  const percent = (rate: 'annualCompound' | 'annualByDates', theirs: string): string =>
    writeLike(theirs, parseRate(discloseRates(schedule)[rate], rate))
  const interests = rows.map(({ interest }) => write(interest))
  const principals = rows.map(({ principal }) => write(principal))
  const ours: Record<keyof typeof said, () => unknown> = {
    rows: () => pick(writeRows(schedule, scale), said.rows ?? []),
    dues: () => rows.map(({ due }) => due),
    count: () => rows.length,
    instalment: () => write(instalment),
    principal: () => pick(principals, said.principal ?? {}),
    interest: () => pick(interests, said.interest ?? {}),
    totalInterest: () => write(totals.interest),
    percentCompound: () => percent('annualCompound', said.percentCompound ?? ''),
    percentByDates: () => percent('annualByDates', said.percentByDates ?? ''),
  }
  const names = Object.keys(said) as (keyof typeof said)[]
  return [Object.fromEntries(names.map((name) => [name, ours[name]()])), said]
}

function writeRows({ rows }: Schedule, scale = 2): readonly string[] {
  return rows.map(({ principal, interest }) => `${writeMinor(principal, scale)}+${writeMinor(interest, scale)}`)
}

describe('figures that others publish', () => {
  it.each(published.schedules)('$title', (each) => {
    const [ours, theirs] = readSchedule(each)
    expect(ours).toEqual(theirs)
    expect(Object.keys(theirs).length).toBeGreaterThan(0)
  })

  it.each(published.events)('$title', ({ loan, ask: { amount, ...ask }, rows = [], count = rows.length, payoff }) => {
    const schedule = buildSchedule(readTerms(loan))
    if (amount === undefined) return expect(writeMinor(quotePayoff(schedule, ask).payoff, 2)).toBe(payoff)
    const left = writeRows(prepay(schedule, { ...ask, amount: readMinor(amount, 2) }).schedule)
    expect([left.slice(0, rows.length), left.length]).toEqual([rows, count])
  })

  it.each(published.flows)('$title', ({ net, flows, perYear, simple, compound }) => {
    const paid = flows.flatMap(([first, last, amount]) =>
      Array.from({ length: last - first + 1 }, (_, index) => ({ step: first + index, amount: readMinor(amount, 2) })),
    )
    const growth = divideFixed(fixedOne, solveDiscount(readMinor(net, 2), paid))
    const yearly = { simple: (growth - fixedOne) * BigInt(perYear), compound: powerFixed(growth, perYear) - fixedOne }
    if (simple !== undefined) expect(writeLike(simple, fromFixedPoint(yearly.simple))).toBe(simple)
    if (compound !== undefined) expect(writeLike(compound, fromFixedPoint(yearly.compound))).toBe(compound)
    expect(simple ?? compound).toBeDefined()
  })
})
