import { faultCodeOf } from '@inthread/sdk/fault'
import type { Span, SpanFacts, Traces } from '@inthread/store/trace'
import { pluginIdOf, type DraftRun, type TurnDraft } from '../fold/draft.ts'
import type { TurnInput } from '../fold/turn.ts'
import type { Claimed } from './claim.store.ts'

/** A turn goes on from whatever has left its item; one that nobody traced begins a trace. */
export function openTurnSpan({ conversation, item }: Claimed, traces: Traces): Span {
  const facts = { tenant: item.tenant_id, bot: conversation.bot_id, item: item.id, kind: item.kind }
  return traces.open('turn', { from: item.traceparent, kind: 'consumer', facts })
}

/** What a group came to. */
interface Decided {
  /** Of the turns that were still ours. */
  readonly drafts: readonly TurnDraft[]
}

/** Turns are committed together: each has a span of that, and ends with what it has decided. */
export async function coverCommit<T extends Decided>(inputs: readonly TurnInput[], work: () => Promise<T>): Promise<T> {
  const commits = inputs.map(({ span }) => span.open('turn.commit', { facts: { items: inputs.length } }))
  const endCommits = (code?: string): void => {
    for (const commit of commits) commit.end(code)
  }
  try {
    const decided = await work()
    endCommits()
    for (const draft of decided.drafts) endTurn(draft)
    // What is left has another process by now.
    for (const { span } of inputs) span.end('turn.lost')
    return decided
  } catch (error) {
    endCommits(faultCodeOf(error))
    throw error
  }
}

function endTurn(draft: TurnDraft): void {
  const { span } = draft.input
  if (span.isRecording) span.tell(describeDraft(draft))
  span.end(draft.failed ? 'turn.failed' : undefined)
}

/** Pure. Whose runs it was about, what they have heard, and the kinds of step at which they stand now. */
function describeDraft({ runs, journal, messages, effects, parked }: TurnDraft): SpanFacts {
  const touched = [...runs.values()]
  return {
    plugin: join(touched.map(pluginIdOf)),
    entries: join(journal.map(({ event }) => event.kind)),
    steps: join(touched.map(stepKindOf)),
    messages: messages.length,
    state: effects.length > 0 ? 'asking' : parked ? 'waiting' : 'done',
  }
}

function stepKindOf({ program, state }: DraftRun): string {
  return state.ended ? 'ended' : (program.flow.steps[state.step]?.kind ?? '')
}

function join(words: readonly string[]): string {
  return [...new Set(words)].join(',')
}
