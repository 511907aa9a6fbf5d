import { z } from 'zod'
import { listDialogueOperations, type CapabilityDeclaration } from '../capability.ts'
import type { Content } from '../message/content.ts'
import { defineFlow } from '../plugin/flow.ts'
import type { Flow } from '../plugin/erased.ts'
import { definePlugin, type Plugin } from '../plugin/plugin.ts'
import { minutes } from '../time.ts'
import { buildResultCard, type ResultKind } from '../dialogue/counter-cards.ts'
import { buildResultSteps, endings, opening, proof } from '../dialogue/counter-flow.ts'
import { creditSlots, type CreditContext } from './credit-cards.ts'
import { buildConsentSteps, buildOpenSteps } from './credit-consent-steps.ts'
import { buildCreditContract, type CreditContract, type CreditOptions } from './credit-contract.ts'
import { buildFactSteps } from './build-fact-steps.ts'
import { cardSteps } from './card-steps.ts'
import { say, type CreditNames, type CreditStep, type CreditSteps } from './credit-names.ts'
import { offerSteps } from './credit-offer-steps.ts'
import { waySteps } from './credit-way-steps.ts'
import { estimateSteps } from './estimate-steps.ts'
import { scheduleSteps } from './schedule-steps.ts'

/**
 * The bank's dialogue for something that is applied for: key facts before anything else, consents one by one, the
 * bank's own page, the signed credit query, the decision, the offer, and the contract as the confirm card. Refusing
 * advertising stops nothing; refusing anything else ends it, and what was agreed to ends with it.
 *
 * @throws TypeError for a capability with another number of commits than one
 */
export function defineCreditDialogue<C extends CapabilityDeclaration>(options: CreditOptions<C>): Plugin {
  const [operation, ...others] = listDialogueOperations(options.provides)
  if (operation === undefined || others.length > 0)
    throw new TypeError(`dialogue ${options.id}: ${options.provides.id} has to have one commit`)
  const contract = dropUnneeded(buildCreditContract(options), options.type)
  const namesPayee = options.provides.operations[operation]?.confirm?.payee !== false
  const flow = buildFlow(contract, { ...options, operation, namesPayee })
  return definePlugin(contract, { flows: [flow], dialogues: { [operation]: flow } })
}

/** A loan needs no card. */
function dropUnneeded(contract: CreditContract, type: 'loan' | 'card'): CreditContract {
  if (type === 'card') return contract
  const { activation: _activation, ...needs } = contract.declaration.needs
  return { ...contract, declaration: { ...contract.declaration, needs: needs as typeof contract.declaration.needs } }
}

/** Grows with the steps of all credit dialogues; what one of them says grows its own revision. */
const dialogueRevision = 2

/** Questions at which a run of the revision before can go on. */
const movable = { facts: 'facts', askReplace: 'askReplace', consent: 'consent', offer: 'offer' } as const

interface FlowOptions {
  readonly operation: string
  readonly type: 'loan' | 'card'
  readonly signs?: string
  readonly revision?: number
  readonly namesPayee: boolean
}

function buildFlow(
  contract: CreditContract,
  { operation, type, signs = 'credit-query', revision = 1, namesPayee }: FlowOptions,
): Flow<{ order: string }> {
  const result =
    (kind: ResultKind) =>
    (context: CreditContext): Content =>
      buildResultCard(context, kind, namesPayee)
  const results = buildResultSteps((kind) => (context) => result(kind)(context as CreditContext))
  // Nothing of a loan leads to the steps of a card, or the other way round, and nobody reviews what does not happen.
  const own = type === 'card' ? { ...cardSteps, sayPaid: say(result('paid'), 'findCard') } : estimateSteps
  const steps = {
    ...opening,
    ...proof,
    ...results,
    ...endings,
    ...buildFactSteps(type),
    ...scheduleSteps,
    ...buildOpenSteps(type),
    ...buildConsentSteps(type, signs),
    ...waySteps,
    ...offerSteps,
    sayAccepted: { kind: 'say', message: result('accepted'), next: 'waitForMoney' },
    waitForMoney,
    ...own,
  } as CreditSteps<CreditNames>
  const input = z.strictObject({ order: z.string() })
  const now = revision + dialogueRevision
  const moves = { [now - 1]: { steps: movable } }
  return defineFlow(contract, { id: operation, revision: now, input, state: creditSlots, moves, start: 'open', steps })
}

/** The money is usually there within seconds, and then the bank says so itself; else the scene hears of it later. */
const waitForMoney: CreditStep = {
  kind: 'wait',
  need: 'desk',
  event: 'settled',
  limitMs: minutes(2),
  on: { happened: { to: 'decided', set: ({ result, reason }) => ({ result, reason }) }, limit: 'end' },
}
