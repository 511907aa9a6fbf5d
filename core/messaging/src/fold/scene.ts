import { deriveId } from '@inthread/store'
import type { Flow, Program } from '@inthread/sdk/engine'
import { encodeJson } from '@inthread/sdk/json'
import { isPluginKilled, isRunKilled } from '../halt/subject.ts'
import type { ItemBody } from '../inbox/item.ts'
import { findAskingBank, isAtWork, isBusy } from '../stack/open-runs.ts'
import { cancelStack, findRoot } from '../stack/stack.ts'
import { awaitBank, listSuspended, suspendRun } from '../stack/suspend.ts'
import type { Installation } from '../tenancy/tenancy.ts'
import { advanceRun } from './advance.ts'
import { openNewRun, sayAsPlatform, touchRun, type TurnDraft } from './draft.ts'
import type { FoundIntent } from './intents.ts'
import type { Folding } from './need.ts'
import { reactWith } from './guest-fold.ts'
import { sayMenu } from './menu.ts'
import type { LoadedRun, TurnInput } from './turn.ts'
import { platformTexts } from '../text/platform-texts.ts'

interface Beginning {
  readonly installation: Installation
  readonly flow: Flow
  readonly input: unknown
  /** Events that led here. */
  readonly causes: readonly string[]
  /** What it asks goes before the open question of another scene. */
  readonly urgent: boolean
}

/** A run of a merchant's flow, at the bottom of its own stack. */
function* startFlow(draft: TurnDraft, { installation, flow, input, causes, urgent }: Beginning): Folding<void> {
  const { item, tenancy, now } = draft.input
  const { locale, timeZone } = tenancy
  const program: Program = { flow, config: installation.config, locale, timeZone }
  const id = deriveId(item.id, 'run')
  const { plugin } = installation
  const alone = { parentId: undefined, rootId: id, orderId: undefined, bankId: undefined }
  const run = openNewRun(draft, { id, ...alone, plugin, program, causes, urgent })
  yield* advanceRun(draft, run, { kind: 'started', input: flow.input.parse(input), at: now })
}

/**
 * Another plugin or the bank has told something. What listens to it begins as soon as nobody is in the middle of
 * anything; what is urgent begins at once, beside whatever is open, but never between the bank and an answer that it
 * waits for.
 */
export function* takeEvent(draft: TurnDraft, body: Extract<ItemBody, { kind: 'event' }>): Folding<void> {
  const installation = draft.input.bot.installations.find(
    ({ plugin }) => plugin.contract.declaration.id === body.plugin,
  )
  const urgent = installation?.plugin.contract.declaration.listens?.[body.alias]?.urgent === true
  const bank = urgent ? findAskingBank(draft) : undefined
  if (bank) return awaitBank(draft, bank.id)
  if (!urgent && (isBusy(draft) || draft.deskCase !== null)) return void (draft.parked = true)
  const reaction = installation?.plugin.reactions[body.alias]
  const flow = reaction && installation.plugin.flows[reaction.flow.id]
  if (!flow || isPluginKilled(draft.input, 'runs', installation.plugin)) return
  const read = yield* reactWith(draft.input, { installation, reaction, body })
  if (read === 'later') return void (draft.parked = true)
  yield* startFlow(draft, { installation, flow, input: read.value, causes: body.causes, urgent })
}

/** So many questions wait for one another at most; the one that has waited longest is dropped for another. */
const suspendedAtMost = 3

/**
 * A new wish. The same as one that is being carried out leads to that one; of the same flow it takes the place of what
 * is open of it; of another one it goes first, and the open question waits until that is over.
 */
export function* startWish(
  draft: TurnDraft,
  { found, focus }: { readonly found: FoundIntent; readonly focus: LoadedRun | undefined },
): Folding<void> {
  if (isUnderWay(draft.input, found)) return sayAsPlatform(draft, platformTexts(draft.input.tenancy.locale).underWay)
  const { installation, intent } = found
  for (const run of draft.input.runs) {
    const waits = run === focus || run.suspended
    if (waits && isOfFlow(findRoot(draft.input, run), found)) yield* cancelStack(draft, run)
  }
  const left = focus && touchRun(draft, focus)
  if (left && !left.state.ended) suspendRun(draft, left)
  const waiting = listSuspended(draft).filter(({ urgent }) => !urgent)
  for (const run of waiting.slice(0, Math.max(0, waiting.length - suspendedAtMost))) yield* cancelStack(draft, run)
  yield* startFlow(draft, { installation, flow: intent.flow, input: found.input, causes: [], urgent: false })
}

/**
 * Whether this very wish is being carried out. One that is said again then is the impatience of somebody who has heard
 * nothing, and not a second wish.
 */
function isUnderWay(input: TurnInput, found: FoundIntent): boolean {
  const wished = encodeJson(found.intent.flow.input.parse(found.input))
  return input.runs.some((run) => {
    const root = findRoot(input, run)
    return isOfFlow(root, found) && encodeJson(root.state.input) === wished && isAtWork(input, run)
  })
}

function isOfFlow({ plugin, program }: LoadedRun, { installation, intent }: FoundIntent): boolean {
  return (
    plugin.contract.declaration.id === installation.plugin.contract.declaration.id && program.flow.id === intent.flow.id
  )
}

/** The same wish once more, with nothing of what was answered since. */
export function* startOver(draft: TurnDraft, focus: LoadedRun | undefined): Folding<void> {
  const root = focus && findRoot(draft.input, focus)
  const id = root?.plugin.contract.declaration.id
  const installation = draft.input.bot.installations.find(({ plugin }) => plugin.contract.declaration.id === id)
  const texts = platformTexts(draft.input.tenancy.locale)
  if (!focus || !root || !installation) return sayMenu(draft, texts.nothingOpen)
  if (isPluginKilled(draft.input, 'runs', installation.plugin)) return sayAsPlatform(draft, texts.serviceOff)
  yield* cancelStack(draft, focus)
  const { flow } = root.program
  const present = installation.plugin.flows[flow.id] ?? flow
  const { causes, urgent } = root
  yield* startFlow(draft, { installation, flow: present, input: root.state.input, causes, urgent })
}

/** Back to the question before. */
export function* correct(draft: TurnDraft, focus: LoadedRun | undefined): Folding<void> {
  const texts = platformTexts(draft.input.tenancy.locale)
  if (!focus) return sayMenu(draft, texts.nothingOpen)
  if (isRunKilled(draft.input, 'questions', focus)) return sayAsPlatform(draft, texts.paused)
  if ((focus.state.trail ?? []).length === 0) sayAsPlatform(draft, texts.firstQuestion)
  yield* advanceRun(draft, touchRun(draft, focus), {
    kind: 'corrected',
    visit: focus.state.visit,
    at: draft.input.now,
  })
}
