import type { RenderedSuggestion } from '@inthread/sdk/channel'
import { writeToken, type Token } from '../conversation/token.ts'
import { clip, getStep } from '@inthread/sdk/engine'
import { isPluginKilled } from '../halt/subject.ts'
import { pickWording } from '../tenancy/tenancy.ts'
import { platformTexts, type PlatformTexts } from '../text/platform-texts.ts'
import { advanceRun } from './advance.ts'
import { isDialogue, type Decision } from './arbitrate.ts'
import { sayAsPlatform, touchRun, type TurnDraft } from './draft.ts'
import type { Folding } from './need.ts'
import type { LoadedRun, TurnInput } from './turn.ts'

type WordDecision = Extract<Decision, { kind: 'word' }>

/** The platform's own words, the same in every bot. */
export function* answerWord(draft: TurnDraft, { word, focus }: WordDecision): Folding<void> {
  const texts = platformTexts(draft.input.tenancy.locale)
  switch (word) {
    case 'menu':
      return sayMenu(draft, texts.menu)
    case 'help':
      return sayMenu(draft, texts.help)
    case 'human':
      draft.cases.push('user_asked')
      return sayAsPlatform(draft, texts.human)
    case 'stop':
      draft.stopped = true
      if (focus) yield* cancelRun(draft, focus)
      return sayAsPlatform(draft, texts.stopped)
    case 'cancel':
      return yield* cancel(draft, texts, focus)
  }
}

/** Cancels what can be cancelled: money on its way cannot, and the user is told so. */
function* cancel(draft: TurnDraft, texts: PlatformTexts, focus: LoadedRun | undefined): Folding<void> {
  const dialogue = draft.input.runs.find((run) => isDialogue(run))
  const target = focus ?? (dialogue && !isCommitted(dialogue) ? dialogue : undefined)
  if (target) {
    const before = draft.messages.length
    yield* cancelRun(draft, target)
    // The scene that called a cancelled dialogue says so itself.
    if (draft.messages.length === before && draft.deferred.length === 0) sayAsPlatform(draft, texts.cancelled)
    return
  }
  sayAsPlatform(draft, dialogue ? texts.cannotCancel : texts.nothingToCancel)
}

function* cancelRun(draft: TurnDraft, run: LoadedRun): Folding<void> {
  yield* advanceRun(draft, touchRun(draft, run), { kind: 'cancelled', at: draft.input.now })
}

/** From its commit on, a dialogue waits for the bank alone. */
function isCommitted(run: LoadedRun): boolean {
  const step = getStep(run.program, run.state.step)
  if (step.kind === 'wait') return true
  if (step.kind !== 'call') return false
  const need = run.plugin.contract.declaration.needs[step.need]
  return need?.capability.operations[step.operation]?.class === 'commit'
}

/** A text with the ways in: what the bot's plugins offer, and the platform's own words. */
export function sayMenu(draft: TurnDraft, text: string): void {
  const { input } = draft
  const texts = platformTexts(input.tenancy.locale)
  const own = listMenuIntents(input).map(({ plugin, intent, title }) =>
    suggest(input, title, { kind: 'intent', plugin, intent }),
  )
  const words = (['help', 'human'] as const).map((word) => suggest(input, texts.words[word], { kind: 'word', word }))
  sayAsPlatform(draft, text, [...own.slice(0, 9), ...words])
}

function listMenuIntents(
  input: TurnInput,
): { readonly plugin: string; readonly intent: string; readonly title: string }[] {
  const offered = input.bot.installations.filter(({ plugin }) => !isPluginKilled(input, 'runs', plugin))
  return offered.flatMap(({ plugin }) =>
    plugin.menu.flatMap((name) => {
      const intent = plugin.intents[name]
      return intent
        ? [
            {
              plugin: plugin.contract.declaration.id,
              intent: name,
              title: pickWording(intent.title, input.tenancy.locale),
            },
          ]
        : []
    }),
  )
}

function suggest(input: TurnInput, label: string, token: Token): RenderedSuggestion {
  const realm = {
    tenantId: input.conversation.tenant_id,
    conversationId: input.conversation.id,
    botId: input.conversation.bot_id,
  }
  return { kind: 'reply', label: clip(label, 25), postback: writeToken(input.keyring, realm, token) }
}
