import { need, z } from '@inthread/sdk'
import { defineCapability, listDialogueOperations } from '@inthread/sdk/capability'
import type { AnyStep, Contract, Flow, Plugin } from '@inthread/sdk/engine'
import type { Provider, Tenancy } from '../tenancy/tenancy.ts'

/** What the platform does itself for a dialogue, and so knows how it goes on. */
const ownSteps: ReadonlySet<string> = new Set(['prepare', 'challenge', 'check', 'answer', 'submit'])

/** The one outcome of a dialogue that is not played. */
export const unplayedOutcome = 'ended'

/**
 * The tenant's banks for a simulation. A dialogue that asks the bank nothing but the usual is played as it is; one that
 * needs figures of the bank's own, like a loan's, is left out, and its end is chosen at once.
 */
export function standIn(providers: Tenancy['providers']): Tenancy['providers'] {
  return new Map(
    [...providers].map(([capability, provider]) => [capability, isPlayed(provider) ? provider : leaveOut(provider)]),
  )
}

export function isUnplayed(plugin: Plugin): boolean {
  return Object.values(plugin.dialogues).some(({ steps }) => Object.hasOwn(steps, leftOutStep))
}

function isPlayed({ plugin }: Provider): boolean {
  const { needs } = plugin.contract.declaration
  const isOwn = (alias: string, operation: string): boolean =>
    ownSteps.has(operation) && needs[alias]?.capability.operations[operation]?.bank === undefined
  const steps = Object.values(plugin.flows).flatMap((flow) => Object.values(flow.steps))
  return steps.every((step) => step.kind !== 'call' || isOwn(step.need, step.operation))
}

const leftOutStep = 'leftOut'
const order = z.strictObject({ order: z.string() })
const desk = defineCapability({
  id: 'simulated-desk',
  version: '1.0.0',
  audience: 'dialogue',
  operations: {
    submit: {
      class: 'commit',
      input: order,
      outcomes: { [unplayedOutcome]: z.looseObject({}), unknown: z.looseObject({}) },
    },
  },
  events: {},
})
const steps: Readonly<Record<string, AnyStep>> = {
  [leftOutStep]: {
    kind: 'call',
    need: 'desk',
    operation: 'submit',
    input: ({ input }) => input,
    on: { [unplayedOutcome]: 'end', unknown: 'end' },
  },
  end: { kind: 'end' },
}

/** Under the provider's own name and version: switches stop it as they would stop that. */
function leaveOut({ plugin, bankId, bankName }: Provider): Provider {
  const { declaration } = plugin.contract
  const needs = { desk: need(desk, { range: '^1', purpose: { en: 'to hear how it ends' } }) }
  const contract: Contract = { declaration: { ...declaration, config: z.strictObject({}), needs } }
  const names = listDialogueOperations(declaration.provides)
  const flows = Object.fromEntries(names.map((name) => [name, leaveOutFlow(contract, name)]))
  const left: Plugin = { contract, flows, dialogues: flows, intents: {}, menu: [], reactions: {} }
  return { plugin: left, bankId, bankName }
}

function leaveOutFlow(contract: Contract, id: string): Flow {
  return { contract, id, revision: 1, input: order, state: z.strictObject({}), start: leftOutStep, steps }
}
