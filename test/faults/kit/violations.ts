import type { MessageView } from '@inthread/sandbox-operator/views'
import { textOf } from '../../kit/phone.ts'
import type { BankBooks } from '../../kit/purchase.ts'
import type { Aftermath } from './aftermath.ts'
import type { Final, Mode } from './modes.ts'
import { isBidToWait } from './customer.ts'
import { listStuck } from './rows.store.ts'

/** What is judged: what was found, and how often the customer did the same again. */
export interface Story extends Aftermath {
  readonly repeats: number
}

type Check = (mode: Mode, story: Story) => readonly string[]

/** What must not be, whatever happened on the way. Each violation is one sentence. */
export function listViolations(mode: Mode, story: Story): readonly string[] {
  const checks: readonly Check[] = [
    checkDebits,
    checkOrder,
    checkMovements,
    checkBreaks,
    checkSeat,
    checkTold,
    checkTwice,
    checkTrouble,
  ]
  return [...checks.flatMap((check) => check(mode, story)), ...listStuck(story.rows)]
}

export function countDebits({ payments }: BankBooks): number {
  return payments.filter(({ state }) => state !== 'failed').length
}

function checkDebits(mode: Mode, { bank }: Story): readonly string[] {
  const debits = countDebits(bank)
  const due = mode.final === 'failed' ? 0 : 1
  const unbalanced = Object.entries(bank.totals).filter(([, total]) => total !== '0')
  return [
    ...(debits === due ? [] : [`${debits} debits at the bank, ${due} expected`]),
    ...unbalanced.map(([currency]) => `the bank's books do not balance in ${currency}`),
  ]
}

function checkOrder({ final }: Mode, { rows, bank }: Story): readonly string[] {
  const [order, ...others] = rows.bank_order
  if (!order || others.length > 0) return [`${rows.bank_order.length} orders, one expected`]
  const foreign = bank.payments.filter(({ clientRef }) => clientRef !== order.id)
  const keys = new Set(rows.attempt.map((attempt) => attempt.bank_key))
  return [
    ...(order.state === final ? [] : [`the order is ${order.state}, not ${final}`]),
    ...foreign.map(() => 'the bank has a payment that is none of our orders'),
    ...(keys.size === 1 && keys.has(order.id) ? [] : ['the attempts do not share the key of the order']),
  ]
}

const movementsOf = {
  succeeded: ['pending', 'post', 'single', 'single'],
  failed: ['pending', 'void'],
  conflicted: ['pending'],
}

function checkMovements({ final }: Mode, { rows }: Story): readonly string[] {
  const kinds = rows.movement.map(({ kind }) => kind).toSorted()
  const due = movementsOf[final]
  const amounts = new Set(rows.movement.filter(({ kind }) => kind !== 'single').map((row) => row.amount_minor))
  return [
    ...(kinds.join() === due.join() ? [] : [`the book has ${kinds.join() || 'nothing'}, not ${due.join()}`]),
    ...(amounts.size <= 1 ? [] : ['the hold and its end differ in their amount']),
  ]
}

function checkBreaks({ final }: Mode, { rows }: Story): readonly string[] {
  const kinds = rows.break_item.map(({ kind }) => kind).join()
  const due = final === 'conflicted' ? 'amount_differs' : ''
  return kinds === due ? [] : [`breaks: ${kinds || 'none'}, not ${due || 'none'}`]
}

const seatStates = { succeeded: 'taken', failed: '', conflicted: 'committing' }

function checkSeat({ final }: Mode, { rows }: Story): readonly string[] {
  const kept = rows.reservation.filter(({ state }) => state !== 'released')
  const states = kept.map(({ state }) => state).join()
  const taken = rows.counter.reduce((sum, counter) => sum + counter.taken, 0)
  return [
    ...(states === seatStates[final] ? [] : [`seats: ${states || 'none'}, not ${seatStates[final] || 'none'}`]),
    ...(taken === kept.length ? [] : [`the counters say ${taken} and ${kept.length} seats are kept`]),
  ]
}

const results = { succeeded: '支付成功', failed: '没有支付成功', conflicted: '正在核对' }

function checkTold({ final }: Mode, { rows, heard }: Story): readonly string[] {
  const texts = heard.map(textOf)
  const told = texts.filter((text) => Object.values(results).some((result) => text.includes(result)))
  const right = told.filter((text) => saysResult(text, final)).length
  const wrong = told.filter((text) => !saysResult(text, final) && !saysResult(text, 'conflicted')).length
  const numbers = new Set(texts.flatMap((text) => /单号：([0-9A-Z]{10})/.exec(text)?.[1] ?? []))
  const tickets = texts.filter((text) => text.includes('出票成功')).length
  const known = rows.bank_order.every(({ number }) => numbers.has(number)) && numbers.size === rows.bank_order.length
  return [
    ...(right === 1 ? [] : [`the customer was told the result ${right} times`]),
    ...(wrong === 0 ? [] : ['the customer was told another result']),
    ...(known ? [] : [`the customer was told of ${numbers.size} order numbers`]),
    ...(tickets === (final === 'succeeded' ? 1 : 0) ? [] : [`the customer got ${tickets} tickets`]),
  ]
}

/** "没有支付成功" contains "支付成功". */
function saysResult(text: string, final: Final): boolean {
  return text.includes(results[final]) && (final !== 'succeeded' || !text.includes(results.failed))
}

export function checkTwice(_mode: Mode, { heard, repeats }: Story): readonly string[] {
  return listSaidTwice(heard, 1 + repeats)
}

/** What was said more often than it may be. */
export function listSaidTwice(heard: readonly MessageView[], oftenAtMost = 1): readonly string[] {
  const counts = new Map<string, number>()
  for (const message of heard) {
    if (isBidToWait(message)) continue
    const said = JSON.stringify([textOf(message), message.suggestions.map(({ label }) => label)])
    counts.set(said, (counts.get(said) ?? 0) + 1)
  }
  const tooOften = [...counts].filter(([, count]) => count > oftenAtMost)
  return tooOften.map(([said, count]) => `said ${count} times, at most ${oftenAtMost} expected: ${said.slice(0, 60)}`)
}

export function checkTrouble(_mode: Mode, { rows, unfaithful }: Story): readonly string[] {
  return [
    ...rows.inbox.filter(({ state }) => state === 'failed').map(({ kind }) => `an inbox item failed: ${kind}`),
    ...rows.desk_case.map(({ reason }) => `somebody at the desk has to look: ${reason}`),
    ...unfaithful.map((run) => `the journal does not lead to the stored state: ${run}`),
  ]
}
