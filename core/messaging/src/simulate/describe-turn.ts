import { getStep } from '@inthread/sdk/engine'
import type { DraftEffect } from '../fold/draft.ts'
import { isConfidential } from '../fold/arbitrate.ts'
import type { LoadedRun } from '../fold/turn.ts'
import type { ItemBody } from '../inbox/item.ts'
import type { AskedOutside, OpenPlace, Reason, SimulatedTurn, TurnStep } from './simulated-thread.ts'
import type { Played, Stage } from './stage.ts'

type Told = Pick<SimulatedTurn, 'from' | 'why'>

/** A turn as whoever tries the thread reads it. */
export function describeTurn(stage: Stage, act: number, played: Played): SimulatedTurn {
  const { draft, around, item, messages, problem } = played
  const { from, why } = tellWhatCame(played)
  return {
    ...{ act, at: stage.now, from, why, messages, problem },
    said: tellWords(item.body, why),
    steps: draft.journal.map(({ run, event, from: before, to }): TurnStep => ({
      plugin: run.plugin.contract.declaration.id,
      version: run.plugin.contract.declaration.version,
      flow: run.program.flow.id,
      voice: run.speaker.voice,
      heard: event.kind,
      from: event.kind === 'started' ? '' : before,
      to,
    })),
    asked: [...around.asked, ...draft.effects.map(describeEffect)],
    wrote: around.wrote,
    cases: draft.cases,
  }
}

/** What was typed into a confidential question is not shown again, not even to whoever has typed it. */
function tellWords(body: ItemBody, why: Reason): string | undefined {
  if (body.kind !== 'message' || why.by === 'confidence' || why.by === 'code_not_needed') return undefined
  const { content } = body
  return content.kind === 'text'
    ? content.text
    : content.kind === 'tap' && content.label !== ''
      ? content.label
      : undefined
}

function tellWhatCame({ item: { body }, why, named, problem }: Played): Told {
  const place = named && { plugin: named.row.plugin, flow: named.program.flow.id, step: named.state.step }
  switch (body.kind) {
    case 'message':
      return { from: 'user', why: why ?? { by: problem ? 'stopped' : 'menu' } }
    case 'effect':
      return { from: 'bank', why: { ...place, by: 'bank', value: body.outcome.name } }
    case 'order':
      return { from: 'bank', why: { ...place, by: 'bank', value: body.outcome?.name ?? body.event?.name } }
    case 'fetched':
      return { from: 'host', why: { ...place, by: 'host', value: nameAnswer(body.answer) } }
    case 'event':
      return { from: 'plugin', why: { by: 'event', plugin: body.plugin, value: body.alias } }
    case 'desk':
      return { from: 'time', why: { by: 'desk', value: body.act } }
    default:
      return { from: 'time', why: { ...place, by: 'time', value: body.kind === 'timer' ? body.due : body.kind } }
  }
}

function nameAnswer(answer: Extract<ItemBody, { kind: 'fetched' }>['answer']): string {
  return answer.kind === 'failed' ? answer.reason : answer.kind
}

function describeEffect(effect: DraftEffect): AskedOutside {
  if (effect.kind === 'fetch') {
    const { plugin, from: host, request } = effect.request
    return { who: 'host', plugin, host, request }
  }
  const { request, operation, run } = effect
  const step = getStep(run.program, run.state.step)
  const need = step.kind === 'call' ? run.plugin.contract.declaration.needs[step.need] : undefined
  return {
    who: 'bank',
    bank: request?.bankId ?? run.bankId ?? '',
    capability: need?.capability.id ?? '',
    operation,
    route: request?.route && `${request.route.method} ${request.route.path}`,
    input: request?.input,
    verdict: 'asked',
    refusal: undefined,
  }
}

/** Where a run stands now. What a dialogue of the bank's knows is the bank's. */
export function describePlace(run: LoadedRun): OpenPlace {
  const { row, program, state, suspended } = run
  const bank = row.bank_id !== null
  return {
    ...{ plugin: row.plugin, version: row.version, flow: program.flow.id, step: state.step, suspended },
    kind: getStep(program, state.step).kind,
    voice: bank ? 'bank' : 'merchant',
    confidential: isConfidential(run),
    dueAt: row.due_at ?? undefined,
    slots: bank ? undefined : state.slots,
  }
}
