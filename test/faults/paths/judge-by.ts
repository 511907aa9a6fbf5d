import { textOf } from '../../kit/phone.ts'
import type { BankBooks } from '../../kit/purchase.ts'
import type { Mode } from '../kit/modes.ts'
import { listStuck } from '../kit/rows.store.ts'
import { checkTrouble, checkTwice } from '../kit/violations.ts'
import { listEffects, type Effects } from './list-effects.ts'
import type { Due, Judge, Story } from './money-path.ts'

/** The oracle of every path: both books agree, one effect at most, one result told, nothing left lying. */
export function judgeBy(due: Due): Judge {
  return (mode, story) => {
    const effects = listEffects(due.kind, story)
    return [
      ...checkBank(due, mode, story),
      ...('asked' in Object(due.kind) ? [] : checkForeign(effects, story)),
      ...checkOurs(effects, mode),
      ...checkBook(effects, mode, story),
      ...checkBreaks(mode, story),
      ...checkTold(due, mode, story),
      ...checkTwice(mode, story),
      ...checkTrouble(mode, story),
      ...listStuck(story.rows),
    ]
  }
}

/** The bank's own books: what had to move has moved once, and nothing else. */
function checkBank({ moves }: Due, { final }: Mode, { before, bank }: Story): readonly string[] {
  const wanted = final === 'failed' ? {} : moves
  const unbalanced = Object.entries(bank.totals).filter(([, total]) => total !== '0')
  const wrong = bank.accounts.flatMap((account) => {
    const earlier = before.accounts.find(({ id }) => id === account.id)
    const moved = BigInt(account.balanceMinor) - BigInt(earlier?.balanceMinor ?? 0)
    const name = Object.keys(wanted).find((known) => [account.mask, account.owner, account.kind].includes(known))
    const due = name === undefined ? 0n : (wanted[name] ?? 0n)
    if (!isPersons(account) || (due === 'a share' ? moved > 0n : moved === due)) return []
    return [`${account.mask ?? account.id} has ${moved} more, ${due} expected`]
  })
  const held = bank.accounts.filter((account) => isPersons(account) && account.heldMinor !== '0')
  return [
    ...wrong,
    ...held.map(({ mask, heldMinor }) => `${heldMinor} of ${mask ?? 'an account'} stay reserved`),
    ...unbalanced.map(([currency]) => `the bank's books do not balance in ${currency}`),
  ]
}

const isPersons = ({ kind }: BankBooks['accounts'][number]): boolean => ['customer', 'merchant', 'card'].includes(kind)

/** Whatever the bank has booked since, it has booked for what we know of. */
function checkForeign({ ids }: Effects, { before, bank }: Story): readonly string[] {
  const known = new Set(before.transfers.map(({ id }) => id))
  const refs = bank.transfers.filter(({ id }) => !known.has(id)).flatMap(({ clientRef }) => clientRef ?? [])
  const foreign = new Set(refs.filter((ref) => !ids.includes(ref)))
  return [...foreign].map(() => 'the bank has booked something that is none of ours')
}

function checkOurs({ ids, states, keys, endsAs }: Effects, { final }: Mode): readonly string[] {
  if (states.length !== 1) return [`${states.length} of our rows, one expected`]
  const wrong = states.filter((state) => state !== endsAs(final))
  return [
    ...wrong.map((state) => `ours is ${state}, not ${endsAs(final)}`),
    ...(keys.every((key) => key === ids[0]) ? [] : ['the attempts do not share the key of the order']),
  ]
}

const kindsOf = { succeeded: 'pending,post', failed: 'pending,void', conflicted: 'pending' }

/** What is reserved is moved or given back, once and whole. */
function checkBook({ ids, holds }: Effects, { final }: Mode, { rows }: Story): readonly string[] {
  if (!holds) return []
  const lines = rows.movement.filter((row) => ids.includes(row.order_id) && row.kind !== 'single')
  const kinds = lines.map(({ kind }) => kind).toSorted()
  const amounts = new Set(lines.map((row) => row.amount_minor))
  return [
    ...(kinds.join() === kindsOf[final] ? [] : [`the book has ${kinds.join() || 'nothing'}, not ${kindsOf[final]}`]),
    ...(amounts.size <= 1 ? [] : ['the hold and its end differ in their amount']),
  ]
}

function checkBreaks({ final }: Mode, { rows }: Story): readonly string[] {
  const kinds = rows.break_item.map(({ kind }) => kind).join()
  const due = final === 'conflicted' ? 'amount_differs' : ''
  return kinds === due ? [] : [`breaks: ${kinds || 'none'}, not ${due || 'none'}`]
}

function checkTold({ results }: Due, { final }: Mode, { heard }: Story): readonly string[] {
  const told = heard.map(textOf).flatMap((text) => findResult(results, text) ?? [])
  const right = told.filter((result) => result === final).length
  const wrong = told.filter((result) => result !== final && result !== 'conflicted').length
  return [
    ...(right === 1 ? [] : [`the customer was told the result ${right} times`]),
    ...(wrong === 0 ? [] : ['the customer was told another result']),
  ]
}

/** The words of a failure may contain those of a success: "没有支付成功". */
function findResult(results: Due['results'], text: string): Mode['final'] | undefined {
  const order = ['failed', 'succeeded', 'conflicted'] as const
  return order.find((final) => results[final] !== undefined && text.includes(results[final]))
}
