import type { InboundContent } from '@inthread/sdk/channel'
import { normalize } from '@inthread/sdk/engine'
import { listLabels, type Decision } from '../fold/arbitrate.ts'
import type { TurnInput } from '../fold/turn.ts'
import type { Reason, ReasonKind } from './simulated-thread.ts'

type EventDecision = Extract<Decision, { kind: 'event' }>
type StartDecision = Extract<Decision, { kind: 'start' }>

const plain = {
  late: 'late',
  greeting: 'greeting',
  confirmOrCancel: 'confirm_first',
  case: 'for_person',
  withHuman: 'with_person',
  menu: 'menu',
} as const satisfies Readonly<Record<Exclude<Decision['kind'], 'event' | 'start' | 'word' | 'say'>, ReasonKind>>

/** Why a user's message was taken for what it was taken for. */
export function explainDecision(decision: Decision, input: TurnInput, content: InboundContent): Reason {
  switch (decision.kind) {
    case 'event':
      return explainEvent(decision, input, content)
    case 'start':
      return explainStart(decision, content)
    case 'word':
      return { by: 'word', word: decision.word }
    case 'say':
      return { by: decision.text === 'codeNotNeeded' ? 'code_not_needed' : 'unsupported' }
    default:
      return { by: plain[decision.kind] }
  }
}

function explainEvent(decision: EventDecision, input: TurnInput, content: InboundContent): Reason {
  const { run, event } = decision
  const place = { plugin: run.row.plugin, flow: run.program.flow.id, step: run.state.step }
  if (event.kind === 'not_read') return { ...place, by: 'not_read' }
  if (event.kind === 'answered_in_confidence') return { ...place, by: 'confidence' }
  const value = event.kind === 'answered' ? event.value : event.kind === 'decided' ? event.answer : undefined
  return { ...place, by: content.kind === 'tap' ? 'button' : findWay(decision, input, content), value }
}

/** By what typed words were seen to be the answer: the same order as they are looked for. */
function findWay({ run, event }: EventDecision, input: TurnInput, content: InboundContent): ReasonKind {
  const text = content.kind === 'text' ? content.text : ''
  if (listLabels(input, run).some((label) => normalize(label) === normalize(text))) return 'label'
  const number = /^[0-9]{1,2}$/.test(text.trim().normalize('NFKC')) ? Number(text.trim().normalize('NFKC')) : 0
  const option = run.state.options[number - 1]
  return option && event.kind === 'answered' && option.value === event.value ? 'number' : 'read'
}

function explainStart({ found }: StartDecision, content: InboundContent): Reason {
  const { installation, intent, input: value } = found
  const { intents, contract } = installation.plugin
  const name = Object.entries(intents).find(([, each]) => each === intent)?.[0] ?? ''
  const said = content.kind === 'text' ? normalize(content.text) : ''
  const exact = Object.values(intent.words).some((list) => list.some((each) => normalize(each) === said))
  const by = content.kind === 'tap' ? 'way_in' : exact ? 'expression' : 'understood'
  return { by, plugin: contract.declaration.id, intent: name, flow: intent.flow.id, value }
}
