import { sqlOf } from '@inthread/store/sql'
import { expect } from 'vitest'
import type { FinanceTables, MovementRow } from '../../src/schema/tables.ts'
import { scope } from '../books.ts'
import type { Member, Standing } from './cast.ts'
import type { StatementStory } from './statement-story.ts'
import { effectOf } from './stated.ts'

type Told = ReadonlyMap<Member, Standing>

/** What has to be so in the end, whatever came. */
export async function judgeStory(story: StatementStory): Promise<void> {
  const told = new Map<Member, Standing>()
  for (const member of story.cast.members) told.set(member, await story.cast.read(member))
  expect([...told.values()].filter(({ state }) => state === 'conflicted')).toEqual([])
  // Nobody decides a line before what it is about has ended.
  const over = new Set([...told].filter(([, { state }]) => !isUndecided(state)).map(([{ id }]) => id))
  const left = await story.bank.breaks()
  expect(left.filter((row) => row.order_id === '' || over.has(row.refund_id ?? row.order_id))).toEqual([])
  if (story.explained.size === 0) await judgeBook(story, told)
  await judgeMovements(story, told)
  for (const member of told.keys()) if (member.kind === 'order') await judgeOrder(story, member, told)
}

function isUndecided(state: string): boolean {
  return ['processing', 'awaiting_approval'].includes(state)
}

/** Both are as the bank's lines have them; a fee that is on no line is what the bank has told. */
async function judgeBook({ stated, bank }: StatementStory, told: Told): Promise<void> {
  const { posted } = await bank.book()
  for (const currency of ['CNY', 'USD']) {
    const lines = stated.lines.filter(({ line, member }) => {
      const isOver = member === undefined || told.get(member)?.state !== 'processing'
      return line.status === 'booked' && line.amount.currency === currency && isOver
    })
    const effects = lines.map(effectOf)
    if (currency === 'CNY') effects.push(...[...told].map(([member, standing]) => feeTold(stated, member, standing)))
    const sum = (of: 'due' | 'income'): bigint => effects.reduce((total, effect) => total + effect[of], 0n)
    const booked = [`ext:tenant:${scope.tenantId}:due`, 'bank:main:fee-income'].map(
      (account) => posted.get(`${account}|${currency}`) ?? 0n,
    )
    expect(booked).toEqual([sum('due'), sum('income')])
  }
}

function feeTold(stated: StatementStory['stated'], member: Member, { state, feeMinor }: Standing) {
  const none = { due: 0n, income: 0n }
  if (state !== 'succeeded' || stated.about(member).some(({ line }) => line.kind === 'fee')) return none
  const income = member.kind === 'refund' ? -feeMinor : feeMinor
  return { due: member.kind === 'order' && member.capability === 'bill' ? 0n : -income, income }
}

/** Each hold has one end, once the bank has decided; and nothing moves backwards. */
async function judgeMovements({ books }: StatementStory, told: Told): Promise<void> {
  const rows: readonly MovementRow[] = await books.ground.store.read('movements', (reader) =>
    sqlOf<FinanceTables>(reader).selectFrom('movement').selectAll().execute(),
  )
  expect(rows.filter(({ amount_minor: minor }) => minor <= 0n)).toEqual([])
  const ended = rows.flatMap(({ pending_id: hold }) => hold ?? [])
  expect(new Set(ended).size).toBe(ended.length)
  const held = rows.filter(({ id, kind }) => kind === 'pending' && !ended.includes(id)).length
  const holds = [...told].filter(([, { state }]) => state === 'processing').map(([member]) => holdsOf(member))
  expect(held).toBe(holds.reduce((sum, count) => sum + count, 0))
}

function holdsOf(member: Member): number {
  return member.kind === 'order' && member.capability === 'points' ? 2 : 1
}

/** Its user has heard one end, and no more can be given back than is there. */
async function judgeOrder(story: StatementStory, { id, name }: Member, told: Told): Promise<void> {
  const { books, stated, explained } = story
  const { state, amount_minor: amount, refunded_minor: refunded } = await books.row(name)
  const ends = { succeeded: ['succeeded'], failed: ['declined'] } as Readonly<Record<string, readonly string[]>>
  const letters = books.lettersOf(name)
  expect(letters.filter((letter) => letter === 'succeeded' || letter === 'declined')).toEqual(ends[state] ?? [])
  expect(letters.filter((letter) => letter === 'unknown').length).toBeLessThanOrEqual(1)
  expect(refunded >= 0n).toBe(true)
  const left = amount - refunded
  if (state !== 'succeeded' || left <= 0n || explained.has(id)) return
  const members = [...told.keys()].filter((member) => member.name.orderId === id)
  if (members.some((member) => member.kind === 'order' && member.capability !== 'payment')) return
  let there = 0n
  for (const member of members) {
    const isOpen = member.kind === 'refund' && told.get(member)?.state === 'processing'
    const lines = isOpen ? [] : stated.about(member).filter(({ line }) => line.kind !== 'fee')
    const inOwn = lines.filter(({ line }) => line.amount.currency === 'CNY')
    there += inOwn.reduce((sum, line) => sum + effectOf(line).due, 0n)
    if (isOpen) there -= member.refund.amount_minor
  }
  expect(left <= there).toBe(true)
}
