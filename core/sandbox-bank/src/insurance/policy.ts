import { Type } from 'typebox'
import type { Bank } from '../app/bank.ts'
import { addDays, countDays, findDay, findDayStartMs } from '../credit/calendar.ts'
import { divideRounded } from '../credit/exact.ts'
import { commitDeedChange } from '../deeds/change-deed.ts'
import { defineAction, defineCommit, type DeedChange } from '../deeds/deed-kind.ts'
import { buildStateProblem } from '../deeds/deed-routes.ts'
import { getDeedRow } from '../deeds/deeds.store.ts'
import { cny } from '../loans/loan-kind.ts'
import { commitHeld, commitLines, ensureAccount, holdMoney, sides } from '../products/money.ts'
import { bilingual, money } from '../routes/fields.ts'
import { findMood } from '../sandbox/moods.ts'
import { sha256Hex } from '../signing/digest.ts'
import { Problem } from '../transport/problem.ts'
import { findInsuranceProduct, type InsuranceProduct } from './insurance-products.ts'
import type { KeptPolicy as Facts, Policy, PolicyFacts } from './policy-facts.ts'

type Change = DeedChange<Facts>

const states = [
  ...(['premium_processing', 'premium_paid', 'in_force', 'failed', 'refunded'] as const),
  ...(['cancelled_cooling_off', 'surrendered', 'renewed', 'lapsed'] as const),
]
const dayMs = 24 * 3_600_000
const day = Type.String({ format: 'date' })
const body = Type.Object({
  declared: Type.Optional(Type.Literal(true, { description: 'The customer declares what the quote says.' })),
})

/** An insurance: the premium is paid, then the insurer binds it; if it does not within a day, everything comes back. */
export const policies = defineCommit<Facts, typeof body>({
  thing: 'policy',
  prefix: 'pol',
  url: '/v1/policies',
  listed: true,
  name: 'Policy',
  states,
  outcomes: {
    failed: 'none',
    refunded: 'none',
    ...Object.fromEntries(states.slice(1, 3).map((state) => [state, 'done'])),
  },
  view: Type.Object({
    product: Type.Optional(Type.String()),
    name: Type.Optional(bilingual),
    from: Type.Optional(day),
    to: Type.Optional(day),
    policyNo: Type.Optional(Type.String()),
    document: Type.Optional(Type.Object({ number: Type.String(), sha256: Type.String() })),
    renews: Type.Optional(Type.String()),
    renewedBy: Type.Optional(Type.String()),
    refunded: Type.Optional(money),
  }),
  render: (_bank, { facts }) => renderPolicy(facts),
  summary: 'Pays the premium of a quote.',
  ops: ['policy'],
  body,
  problems: ['insufficient_funds', 'account_frozen'],
  begin: ({ bank, id, clientRef, amountMinor, account, quote, now, body: { declared } }) => {
    const facts = quote?.facts as PolicyFacts
    if (quote?.kind !== 'policy-quote') throw new Problem('not_found', 'The confirmed quote is of no insurance.')
    if (!declared) throw new Problem('state_conflict', 'The customer has not made the declaration of the quote.')
    if (!account) throw new Problem('payer_mismatch', 'A premium is paid from an account.')
    const to = ensureAccount(bank, sides.insurer)
    const refusal = holdMoney(bank, id, { from: account.id, to, amountMinor, clientRef })
    const kept = { ...facts, account: account.id }
    if (refusal) return { state: 'failed', facts: kept, refusal }
    return { state: 'premium_processing', facts: kept, dueAt: now + bank.terms.settleDelayMs }
  },
  step: goOn,
  controls: { bind: (bank, policy) => bindPolicy(bank, policy) },
  actions: {
    cancel: defineAction({
      summary: 'Ends it: everything back within the cooling-off days, afterwards for the days that are left.',
      body: Type.Object({}),
      problems: ['state_conflict'],
      run: (bank, deed) => endPolicy(bank, deed as Policy),
    }),
  },
})

export function getInsuranceProduct(id: string): InsuranceProduct {
  const product = findInsuranceProduct(id)
  if (!product) throw new Error('a policy of an insurance that there is not')
  return product
}

function goOn(bank: Bank, policy: Policy): Change {
  const { state, facts } = policy
  if (state === 'premium_processing') {
    if (!commitHeld(bank, policy)) return { state: 'failed', facts, failureCode: 'account_frozen' }
    const silent = findMood(bank.db, 'insurer') === 'silent'
    return { state: 'premium_paid', facts, dueAt: bank.clock.now() + (silent ? dayMs : bank.terms.settleDelayMs) }
  }
  if (state === 'premium_paid') {
    return findMood(bank.db, 'insurer') === 'silent' ? payBack(bank, policy, 'refunded') : bindPolicy(bank, policy)
  }
  return state === 'in_force' ? remind(bank, policy) : { state, facts }
}

/** From now on it is in force; the policy it follows is done with when its time is over. */
function bindPolicy(bank: Bank, policy: Policy): Change {
  const { state, facts, id } = policy
  if (state !== 'premium_paid') throw buildStateProblem('policy', policy)
  if (facts.renews !== undefined) {
    const old = getDeedRow(bank, facts.renews) as Policy
    const dueAt = findNextMoment(bank, old.facts)
    const change = { facts: { ...old.facts, renewedBy: id }, event: 'renewal_bound', ...(dueAt ? { dueAt } : {}) }
    commitDeedChange(bank, policies, { deed: old, change })
  }
  const policyNo = `P${facts.from.replaceAll('-', '')}${bank.vault.codeOf(id)}`
  return { state: 'in_force', facts: { ...facts, policyNo }, ...findNext(bank, facts) }
}

function findNext(bank: Bank, facts: PolicyFacts): { dueAt?: number } {
  const dueAt = findNextMoment(bank, facts)
  return dueAt === undefined ? {} : { dueAt }
}

/** Thirty, seven and one days before it ends, and when it ends. */
function findNextMoment(bank: Bank, { to }: PolicyFacts): number | undefined {
  const moments = [-30, -7, -1, 0].map((days) => findDayStartMs(addDays(to, days)))
  return moments.find((moment) => moment > bank.clock.now())
}

function remind(bank: Bank, { facts }: Policy): Change {
  if (bank.clock.now() >= findDayStartMs(facts.to)) {
    return { state: facts.renewedBy === undefined ? 'lapsed' : 'renewed', facts }
  }
  const event = facts.renewedBy === undefined ? 'renewal_offered' : 'noted'
  return { state: 'in_force', facts, event, ...findNext(bank, facts) }
}

/** What is paid back is the premium, or its part for the days that are left. */
function endPolicy(bank: Bank, policy: Policy): Change {
  const { state, facts, createdAt } = policy
  if (state !== 'in_force') throw buildStateProblem('policy', policy)
  const days = Math.floor((bank.clock.now() - createdAt) / dayMs)
  if (days < getInsuranceProduct(facts.product).coolingOffDays) return payBack(bank, policy, 'cancelled_cooling_off')
  return payBack(bank, policy, 'surrendered')
}

function payBack(bank: Bank, policy: Policy, state: string): Change {
  const { facts, amountMinor = 0n } = policy
  const today = findDay(bank.clock.now(), bank.terms.zone)
  const whole = BigInt(countDays(facts.from, facts.to))
  const left = BigInt(Math.max(countDays(today > facts.from ? today : facts.from, facts.to), 0))
  const backMinor = state === 'surrendered' ? divideRounded(amountMinor * left, whole) : amountMinor
  const from = ensureAccount(bank, sides.insurer)
  commitLines(bank, policy, [{ part: 'back', dr: facts.account, cr: from, amountMinor: backMinor }])
  return { state, facts: { ...facts, refunded: backMinor.toString() } }
}

function renderPolicy(facts: Facts): object {
  if (facts.product === undefined) return {}
  const { product, from, to, policyNo, renews, renewedBy, refunded } = facts
  const names = Object.entries({ policyNo, renews, renewedBy }).filter((entry) => entry[1] !== undefined)
  return {
    ...{ product, name: getInsuranceProduct(product).name, from, to },
    ...Object.fromEntries(names),
    ...(policyNo === undefined
      ? {}
      : { document: { number: policyNo, sha256: sha256Hex(`${policyNo}|${from}|${to}`) } }),
    ...(refunded === undefined ? {} : { refunded: cny(BigInt(refunded)) }),
  }
}
