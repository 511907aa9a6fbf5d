import { getStep } from '@inthread/sdk/engine'
import { platformTexts, type PlatformTexts } from '../text/platform-texts.ts'
import { isConfidential, isDialogue, listLabels, type Decision } from './arbitrate.ts'
import { isCommitted } from '../stack/open-runs.ts'
import { cancelStack } from '../stack/stack.ts'
import { handOver, leaveDesk } from './desk.ts'
import { sayAsPlatform, type TurnDraft } from './draft.ts'
import { sayMenu } from './menu.ts'
import type { Folding } from './need.ts'
import { correct, startOver } from './scene.ts'
import type { LoadedRun } from './turn.ts'

type WordDecision = Extract<Decision, { kind: 'word' }>

/** The platform's own words, the same in every bot. */
export function* answerWord(draft: TurnDraft, { word, focus }: WordDecision): Folding<void> {
  const texts = platformTexts(draft.input.tenancy.locale)
  switch (word) {
    case 'menu':
      return sayMenu(draft, texts.menu)
    case 'help':
      return sayMenu(draft, [...describeQuestion(draft, focus), texts.help].join(texts.gap))
    case 'human':
      return handOver(draft)
    case 'bot':
      return draft.deskCase === null ? sayMenu(draft, texts.menu) : leaveDesk(draft)
    case 'correct':
      return yield* correct(draft, focus)
    case 'again':
      return yield* startOver(draft, focus)
    case 'stop':
      draft.stopped = true
      if (focus) yield* cancelStack(draft, focus)
      return sayAsPlatform(draft, texts.stopped)
    case 'cancel':
      return yield* cancel(draft, texts, focus)
  }
}

/** Whoever only says hello hears what can be done here, and what the open question would take. */
export function answerGreeting(draft: TurnDraft, focus: LoadedRun | undefined): void {
  const { greeting, help, menu, gap } = platformTexts(draft.input.tenancy.locale)
  sayMenu(draft, [greeting, ...describeQuestion(draft, focus), focus ? help : menu].join(gap))
}

/** Cancels what can be cancelled: money on its way cannot, and the user is told so. */
function* cancel(draft: TurnDraft, texts: PlatformTexts, focus: LoadedRun | undefined): Folding<void> {
  const dialogue = draft.input.runs.find((run) => isDialogue(run))
  const target = focus ?? (dialogue && !isCommitted(dialogue) ? dialogue : undefined)
  if (target) {
    const before = draft.messages.length
    yield* cancelStack(draft, target)
    // The scene that called a cancelled dialogue says so itself.
    if (draft.messages.length === before && draft.deferred.length === 0) sayAsPlatform(draft, texts.cancelled)
    return
  }
  sayAsPlatform(draft, dialogue ? texts.cannotCancel : texts.nothingToCancel)
}

/** What can be said to the open question, where it has buttons or is of a fixed shape. */
function describeQuestion(draft: TurnDraft, focus: LoadedRun | undefined): string[] {
  if (!focus) return []
  const texts = platformTexts(draft.input.tenancy.locale)
  const step = getStep(focus.program, focus.state.step)
  if (step.kind === 'ask' && isConfidential(focus)) return [texts.codeShape(step.shape?.digits ?? 6)]
  const labels = [...new Set(listLabels(draft.input, focus))]
  return labels.length > 0 ? [texts.sayable(labels)] : []
}
