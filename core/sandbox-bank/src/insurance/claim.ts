import { Type, type Static } from 'typebox'
import type { Bank } from '../app/bank.ts'
import { defineAction, defineDeed, type DeedChange } from '../deeds/deed-kind.ts'
import { buildStateProblem, getDeed } from '../deeds/deed-routes.ts'
import { getDeedRow, type Deed } from '../deeds/deeds.store.ts'
import { buildOpenedRoutes } from '../deeds/opening-routes.ts'
import { renderAmount } from '../credit/words.ts'
import { cny } from '../loans/loan-kind.ts'
import { commitLines, ensureAccount, sides } from '../products/money.ts'
import { text } from '../quotes/terms.ts'
import type { Route } from '../routes/define-route.ts'
import { bilingual, money, sha256 } from '../routes/fields.ts'
import { sha256Hex } from '../signing/digest.ts'
import { Problem } from '../transport/problem.ts'
import { getInsuranceProduct, policies } from './policy.ts'
import type { Policy } from './policy-facts.ts'

interface Facts {
  readonly policy: string
  readonly kind: string
  readonly happenedOn: string
  readonly description: string
  readonly claimed: string
  readonly documents: readonly { readonly kind: string; readonly sha256: string }[]
  /** What the insurer offers to pay. */
  readonly offered?: string
}

type Claim = Deed<Facts>
type Change = DeedChange<Facts>

const states = [
  ...(['reported', 'registered', 'documents_needed', 'assessing', 'agreed', 'denied', 'paying', 'paid'] as const),
  ...(['reopened', 'closed'] as const),
]
const tenDaysMs = 10 * 24 * 3_600_000
const kindOfDocument = Type.String({ minLength: 1, maxLength: 64 })
/** A picture by its digest, or what the customer writes, of which the digest is kept. */
const handedIn = Type.Object({
  kind: kindOfDocument,
  sha256: Type.Optional(sha256),
  text: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
})
const document = Type.Object({ kind: kindOfDocument, sha256 })
const day = Type.String({ format: 'date' })

/** Something happened: reported, looked at, agreed upon, and paid within ten days. */
export const insuranceClaims = defineDeed<Facts>({
  thing: 'insurance_claim',
  prefix: 'icl',
  url: '/v1/insurance-claims',
  name: 'InsuranceClaim',
  states,
  outcomes: { ...Object.fromEntries(states.map((state) => [state, 'none' as const])), paid: 'done' },
  view: Type.Object({
    policy: Type.String(),
    kind: Type.String(),
    happenedOn: day,
    claimed: money,
    documents: Type.Array(document),
    offered: Type.Optional(money),
    reasons: Type.Optional(bilingual),
  }),
  render: (_bank, { state, facts: { policy, kind, happenedOn, claimed, documents, offered } }) => ({
    ...{ policy, kind, happenedOn, documents, claimed: cny(BigInt(claimed)) },
    ...(offered === undefined ? {} : { offered: cny(BigInt(offered)) }),
    ...(state === 'denied' ? { reasons: text('属于责任免除', 'Not covered') } : {}),
  }),
  step: goOn,
  controls: {
    'ask-documents': (_bank, claim) => move(claim, 'registered', { state: 'documents_needed' }),
    deny: (_bank, claim) => move(claim, 'assessing', { state: 'denied' }),
  },
  actions: {
    documents: defineAction({
      summary: 'Hands in a document or a photo, by its digest.',
      body: handedIn,
      problems: ['state_conflict'],
      run: (bank, deed, handed) => handIn(bank, deed as Claim, readDocument(handed)),
    }),
    agree: defineAction({
      summary: 'The customer agrees to what the insurer offers; it is paid within ten days.',
      body: Type.Object({}),
      problems: ['state_conflict'],
      run: (bank, deed) => {
        const claim = deed as Claim
        if (claim.facts.offered === undefined) throw buildStateProblem('claim', claim)
        return move(claim, 'assessing', { state: 'agreed', dueAt: bank.clock.now() + bank.terms.settleDelayMs })
      },
    }),
    object: defineAction({
      summary: 'The customer objects to the denial: the insurer looks at it again.',
      body: Type.Object({}),
      problems: ['state_conflict'],
      run: (bank, deed) =>
        move(deed as Claim, 'denied', { state: 'reopened', dueAt: bank.clock.now() + bank.terms.settleDelayMs }),
    }),
  },
})

export function buildClaimRoutes(bank: Bank): Route[] {
  return buildOpenedRoutes(bank, {
    kind: insuranceClaims,
    summary: 'Reports a claim on a policy.',
    body: Type.Object({
      policy: Type.String({ minLength: 1, maxLength: 64 }),
      kind: Type.String({ minLength: 1, maxLength: 64 }),
      happenedOn: day,
      description: Type.Optional(Type.String({ maxLength: 500 })),
      amount: money,
      documents: Type.Optional(Type.Array(handedIn, { maxItems: 20 })),
    }),
    problems: ['bad_amount', 'bad_currency', 'above_max'],
    open: ({ client, link, now }, { policy: id, amount, kind, happenedOn, description = '', documents = [] }) => {
      const policy = getDeed(bank, policies, { clientId: client.id, id }) as Policy
      if (policy.linkId !== link.id) throw new Problem('not_found', 'There is no policy with this id.')
      if (policy.state !== 'in_force') throw buildStateProblem('policy', policy)
      assertAmount(policy, amount)
      const handed = documents.map(readDocument)
      const facts: Facts = { policy: id, kind, happenedOn, description, claimed: amount.value, documents: handed }
      return { state: 'reported', facts, parentId: id, dueAt: now + bank.terms.settleDelayMs }
    },
  })
}

function readDocument({ kind, sha256: digest, text: words = '' }: Static<typeof handedIn>): Static<typeof document> {
  return { kind, sha256: digest ?? sha256Hex(words) }
}

function assertAmount(policy: Policy, { value, currency }: { value: string; currency: string }): void {
  if (currency !== 'CNY') throw new Problem('bad_currency', 'Claims are paid in CNY.')
  const { coverMinor } = getInsuranceProduct(policy.facts.product)
  if (BigInt(value) > coverMinor) throw new Problem('above_max', `Covered up to ${renderAmount(coverMinor)} CNY.`)
}

function goOn(bank: Bank, claim: Claim): Change {
  const { state, facts } = claim
  const soon = bank.clock.now() + bank.terms.settleDelayMs
  switch (state) {
    case 'reported':
      return { state: 'registered', facts, dueAt: soon }
    case 'registered':
      if (facts.documents.length === 0) return { state: 'documents_needed', facts }
      return { state: 'assessing', facts, dueAt: bank.clock.now() + bank.terms.reviewMs }
    case 'reopened':
      return { state: 'assessing', facts, dueAt: bank.clock.now() + bank.terms.reviewMs }
    case 'assessing':
      return { state, facts: { ...facts, offered: facts.claimed }, event: 'assessed' }
    case 'agreed':
      return { state: 'paying', facts, dueAt: Math.min(soon, claim.updatedAt + tenDaysMs) }
    case 'paying':
      return pay(bank, claim)
    default:
      return { state, facts }
  }
}

/** From the insurer to the account that the premium came from (P20). */
function pay(bank: Bank, claim: Claim): Change {
  const { facts } = claim
  const policy = getDeedRow(bank, facts.policy) as Policy
  const from = ensureAccount(bank, sides.insurer)
  const amountMinor = BigInt(facts.offered ?? '0')
  commitLines(bank, claim, [{ part: 'paid', dr: policy.facts.account, cr: from, amountMinor }])
  return { state: 'paid', facts, amountMinor }
}

function handIn(bank: Bank, claim: Claim, handed: { kind: string; sha256: string }): Change {
  const { state, facts, dueAt } = claim
  if (['agreed', 'paying', 'paid', 'denied', 'closed'].includes(state)) throw buildStateProblem('claim', claim)
  const after = { ...facts, documents: [...facts.documents, handed] }
  if (state !== 'documents_needed') return { state, facts: after, ...(dueAt === undefined ? {} : { dueAt }) }
  return { state: 'registered', facts: after, dueAt: bank.clock.now() + bank.terms.settleDelayMs }
}

function move(claim: Claim, from: string, change: Change): Change {
  if (claim.state !== from) throw buildStateProblem('claim', claim)
  return { facts: claim.facts, ...change }
}
