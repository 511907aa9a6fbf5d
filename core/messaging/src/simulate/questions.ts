import type { z } from '@inthread/sdk'
import { findEgressHost, getStep, type EgressDeclaration, type OperationDeclaration } from '@inthread/sdk/engine'
import type { DraftEffect } from '../fold/draft.ts'
import type { LoadedRun } from '../fold/turn.ts'
import type { NewOrder } from '../ports.ts'
import { refundIdOf } from '../step/refund-id.ts'
import { buildSample, type Sampling } from './sample-answer.ts'
import type { AnswerChoice, OutsideQuestion } from './simulated-thread.ts'
import type { Stage } from './stage.ts'
import { isUnplayed } from './stand-in.ts'

/** What somebody outside has to answer before the thread goes on by itself. */
export type Question =
  | {
      readonly kind: 'order' | 'refund' | 'effect'
      readonly run: LoadedRun
      /** What its answer is about: an order, a refund, or the effect of a run. */
      readonly id: string
      readonly bank: string
      readonly capability: string
      readonly operation: string
      readonly input: unknown
      readonly outcomes: OperationDeclaration['outcomes']
      readonly unplayed: boolean
    }
  | {
      readonly kind: 'host'
      readonly run: LoadedRun
      readonly host: string
      readonly effect: FetchEffect
      readonly answer: z.ZodType
    }

export type BankQuestion = Exclude<Question, { kind: 'host' }>
type FetchEffect = Extract<DraftEffect, { kind: 'fetch' }>

/** The youngest run that waits for the outside is answered first. */
export function findQuestion(stage: Stage): Question | undefined {
  const { runs } = stage
  for (const run of runs.toReversed()) {
    const question = findFetch(stage, run) ?? findOrder(stage, run) ?? findEffect(stage, run) ?? findRefund(stage, run)
    if (question) return question
  }
  return undefined
}

function findOrder(stage: Stage, run: LoadedRun): Question | undefined {
  const step = getStep(run.program, run.state.step)
  const order = stage.ground.orders.get(run.row.order_id ?? '')
  const operation = step.kind === 'call' ? operationOf(run, step) : undefined
  if (!order || operation?.class !== 'commit' || run.row.bank_id === null || operation.bank) return undefined
  return describeOrder(run, order)
}

function describeOrder(run: LoadedRun, order: NewOrder): Question {
  const { provides } = run.plugin.contract.declaration
  const unplayed = isUnplayed(run.plugin)
  const all = provides?.operations[order.operation]?.outcomes ?? {}
  // Who has confirmed can neither cancel nor let it expire any more.
  const left = unplayed ? [] : ['cancelled', 'expired']
  const outcomes = Object.fromEntries(Object.entries(all).filter(([name]) => !left.includes(name)))
  const { capability, operation, input, bankId: bank, orderId: id } = order
  return { kind: 'order', run, id, bank, capability, operation, input, outcomes, unplayed }
}

function operationOf(run: LoadedRun, step: { readonly need: string; readonly operation: string }) {
  return run.plugin.contract.declaration.needs[step.need]?.capability.operations[step.operation]
}

function findEffect(stage: Stage, run: LoadedRun): Question | undefined {
  const step = getStep(run.program, run.state.step)
  const effect = stage.effects.findLast((each) => each.run.id === run.row.id && each.visit === run.state.visit)
  if (step.kind !== 'call' || effect?.kind !== 'call') return undefined
  const need = run.plugin.contract.declaration.needs[step.need]
  const outcomes = need?.capability.operations[step.operation]?.outcomes ?? {}
  const { bankId: bank = '', input = {} } = effect.request ?? {}
  const capability = need?.capability.id ?? ''
  const { id, operation } = effect
  return { kind: 'effect', run, id, bank, capability, operation, input, outcomes, unplayed: false }
}

function findRefund(stage: Stage, run: LoadedRun): Question | undefined {
  const step = getStep(run.program, run.state.step)
  const operation = step.kind === 'call' ? operationOf(run, step) : undefined
  if (step.kind !== 'call' || operation?.dialogue !== false) return undefined
  const capability = run.plugin.contract.declaration.needs[step.need]?.capability.id ?? ''
  const bank = stage.tenancy.providers.get(capability)?.bankId ?? ''
  const id = refundIdOf(run.row.id, run.state.visit)
  const { outcomes } = operation
  return { kind: 'refund', run, id, bank, capability, operation: step.operation, input: {}, outcomes, unplayed: false }
}

function findFetch(stage: Stage, run: LoadedRun): Question | undefined {
  const step = getStep(run.program, run.state.step)
  const effect = stage.effects.findLast((each) => each.run.id === run.row.id && each.visit === run.state.visit)
  if (step.kind !== 'fetch' || effect?.kind !== 'fetch') return undefined
  const declared = findHost(run, step.from)
  return declared && { kind: 'host', run, effect, ...declared }
}

function findHost(run: LoadedRun, from: string): { readonly host: string; readonly answer: z.ZodType } | undefined {
  const hosts: Readonly<Record<string, EgressDeclaration>> = run.plugin.contract.declaration.egress ?? {}
  const declared = Object.hasOwn(hosts, from) ? hosts[from] : undefined
  return declared && { host: findEgressHost(declared.host, run.program.config) ?? from, answer: declared.answer }
}

export function describeQuestion(question: Question, sampling: Sampling): OutsideQuestion {
  const plugin = question.run.row.plugin
  if (question.kind === 'host') {
    const { request } = question.effect.request
    return { who: 'host', plugin, host: question.host, request, sample: buildSample(question.answer, sampling) }
  }
  const { bank, capability, operation, input, unplayed, outcomes } = question
  const choices = Object.entries(outcomes).map(([outcome, schema]): AnswerChoice => {
    return { outcome, sample: buildSample(schema, sampling) }
  })
  return { who: 'bank', bank, capability, operation, input, unplayed, choices }
}
