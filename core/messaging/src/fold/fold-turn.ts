import { type EgressDeclarations, getStep } from '@inthread/sdk/engine'
import type { FaultCode } from '@inthread/sdk/fault'
import { takeAnnouncement } from '../announcement/take-announcement.ts'
import type { ItemBody } from '../inbox/item.ts'
import { platformTexts } from '../text/platform-texts.ts'
import { advanceRun } from './advance.ts'
import { arbitrate, findFocus, isDialogue, type Decision } from './arbitrate.ts'
import { sayWithBot, takeDesk } from './desk.ts'
import { openDraft, sayAsPlatform, touchRun, type DraftRun, type TurnDraft } from './draft.ts'
import { endStopped } from '../halt/end-stopped.ts'
import { takeMove } from '../halt/move-run.ts'
import { isPluginKilled, isRunKilled } from '../halt/subject.ts'
import { isAboutOrder, readLetter } from '../letter/letter.ts'
import { takeLetter } from '../letter/take-letter.ts'
import { takeRefund } from '../letter/take-refund.ts'
import { ask, type Folding } from './need.ts'
import { sayMenu } from './menu.ts'
import { isBusy } from '../stack/open-runs.ts'
import { giveWay, resumeSuspended } from '../stack/stack.ts'
import { hasBankGivenWay, suspendRun } from '../stack/suspend.ts'
import { readOutcome } from '../step/read-outcome.ts'
import { answerGreeting, answerWord } from './answer-word.ts'
import { startWish, takeEvent } from './scene.ts'
import type { LoadedRun, TurnInput } from './turn.ts'

/** One turn: what came in, folded into everything that follows from it. It touches nothing but what it yields for. */
export function* foldTurn(input: TurnInput): Folding<TurnDraft> {
  const draft = openDraft(input)
  yield* endStopped(draft)
  if (!wasAnswered(draft)) yield* takeBody(draft)
  yield* endStopped(draft)
  yield* resumeSuspended(draft)
  const calm = hasEnded(draft) && !isBusy(draft) && draft.deskCase === null
  draft.unparks = hasBankGivenWay(draft) || calm
  return draft
}

/**
 * Whoever spoke to a run that was just ended has had the answer. What is no user's message may be for somebody else,
 * and what the bank says of a refund has not been answered by anybody.
 */
function wasAnswered({ input, runs, ended }: TurnDraft): boolean {
  if (ended.length === 0) return false
  const { body, item } = input
  const named = ended.find(({ row }) => row.id === item.run_id)
  if (body?.kind === 'order') return named !== undefined && isAboutOrder(readLetter(item, body), named.row)
  if (body?.kind !== 'message') return named !== undefined
  const others = input.runs.some((run) => !runs.has(run.row.id))
  return !others || named !== undefined
}

function* takeBody(draft: TurnDraft): Folding<void> {
  const { input } = draft
  const { body } = input
  if (!body) return
  if (body.kind === 'message') yield* takeMessage(draft, yield* arbitrate(input, body.content))
  else if (body.kind === 'effect') yield* takeEffect(draft, body)
  else if (body.kind === 'order') yield* takeLetter(draft, body)
  else if (body.kind === 'refund') takeRefund(draft, body)
  else if (body.kind === 'timer') yield* takeTimer(draft, body)
  else if (body.kind === 'entry') yield* takeEntries(draft, body)
  else if (body.kind === 'fetched') yield* takeFetched(draft, body)
  else if (body.kind === 'event') yield* takeEvent(draft, body)
  else if (body.kind === 'move') yield* takeMove(draft, body.version)
  else if (body.kind === 'desk') takeDesk(draft, body)
  else if (body.kind === 'announcement') takeAnnouncement(draft, body.text)
}

/** Something that was open before this turn is over. */
function hasEnded(draft: TurnDraft): boolean {
  const left = draft.deskCase === null && draft.input.conversation.desk_case !== null
  return left || draft.ended.length > 0 || [...draft.runs.values()].some(({ stored, state }) => stored && state.ended)
}

/** A turn that could not be folded: nothing of it happens, the user is told, and somebody at the desk sees it. */
export function foldFailure(input: TurnInput, code: FaultCode = 'platform.unexpected'): TurnDraft {
  const draft = openDraft(input)
  draft.failed = true
  const rests = code === 'guest.resting'
  draft.cases.push(rests ? 'plugin_rests' : 'turn_failed')
  // What was meant as a code is not kept because a plugin stumbled over it.
  if (input.runs.some(asksInConfidence)) draft.destroyed.push(input.item.id)
  const { resting, sorry } = platformTexts(input.tenancy.locale)
  sayAsPlatform(draft, rests ? resting : sorry)
  return draft
}

function asksInConfidence({ program, state }: LoadedRun): boolean {
  const step = getStep(program, state.step)
  return step.kind === 'ask' && step.confidential === true
}

function* takeMessage(draft: TurnDraft, decision: Decision): Folding<void> {
  const { input } = draft
  const texts = platformTexts(input.tenancy.locale)
  switch (decision.kind) {
    case 'event':
      return yield* takeAnswer(draft, decision)
    case 'start':
      if (isPluginKilled(input, 'runs', decision.found.installation.plugin))
        return sayAsPlatform(draft, texts.serviceOff)
      return yield* startWish(draft, decision)
    case 'word':
      return yield* answerWord(draft, decision)
    case 'greeting':
      return answerGreeting(draft, decision.focus)
    case 'late':
      return yield* answerLate(draft, decision.runId)
    case 'say':
      // Digits that look like a code are not kept, whoever they were meant for.
      if (decision.text === 'codeNotNeeded') draft.destroyed.push(input.item.id)
      return sayAsPlatform(draft, texts[decision.text])
    case 'confirmOrCancel':
      return sayAsPlatform(draft, texts.confirmOrCancel(decision.labels))
    case 'case':
      return void (draft.toCase = true)
    case 'withHuman':
      return sayWithBot(draft, texts.withHuman)
    case 'menu':
      return sayMenu(draft, texts.notUnderstood)
  }
}

function* takeAnswer(
  draft: TurnDraft,
  { run: stored, event, keepsSecret }: Extract<Decision, { kind: 'event' }>,
): Folding<void> {
  const run = touchRun(draft, stored)
  const step = getStep(run.program, run.state.step)
  // Words said into a confidential question are destroyed at once unless they are the answer, which waits for the bank.
  const paused = isRunKilled(draft.input, 'questions', stored)
  if (step.kind === 'ask' && step.confidential && (paused || !keepsSecret)) draft.destroyed.push(draft.input.item.id)
  if (paused) return sayAsPlatform(draft, platformTexts(draft.input.tenancy.locale).paused)
  if (event.kind === 'decided' && event.answer === 'confirmed') return yield* takeConsent(draft, run)
  // Whoever taps a question that waits goes back to it, and the present one waits.
  const focus = stored.suspended ? findFocus(draft.input) : undefined
  if (focus && !isDialogue(focus)) suspendRun(draft, touchRun(draft, focus))
  yield* advanceRun(draft, run, event)
}

/**
 * A confirmation counts when the order can still be confirmed at this moment; one that comes too late is said to be.
 */
function* takeConsent(draft: TurnDraft, run: DraftRun): Folding<void> {
  const { input } = draft
  const order = { scope: input.tenancy.scope, orderId: run.orderId ?? '' }
  const consent = yield* ask({ kind: 'consent', order, now: input.now })
  const answer = consent === 'consented' ? 'confirmed' : 'expired'
  yield* advanceRun(draft, run, { kind: 'decided', visit: run.state.visit, answer, at: input.now })
}

/** A button of a question that is over. If an order hangs on it, the user hears how that order stands. */
function* answerLate(draft: TurnDraft, runId: string | undefined): Folding<void> {
  const { input } = draft
  const texts = platformTexts(input.tenancy.locale)
  const order = runId === undefined ? undefined : findOrder(input, runId)
  const standing = order && (yield* ask({ kind: 'standing', order: { scope: input.tenancy.scope, orderId: order } }))
  const about = standing ? texts.standing[standing.state](standing) : ''
  const text = [texts.usedButton, about].filter((part) => part !== '').join(texts.gap)
  if (input.runs.length > 0) return sayAsPlatform(draft, text)
  sayMenu(draft, text)
}

function findOrder(input: TurnInput, runId: string): string | undefined {
  if (input.tapped?.id === runId && input.tapped.order_id !== null) return input.tapped.order_id
  const dialogue = input.runs.find((run) => run.row.id === runId || run.row.parent_id === runId)
  return dialogue?.row.order_id ?? undefined
}

function* takeEffect(draft: TurnDraft, body: Extract<ItemBody, { kind: 'effect' }>): Folding<void> {
  const stored = findRun(draft.input)
  if (!stored) return
  const { name, data } = readOutcome(stored, body.outcome)
  yield* advanceRun(draft, touchRun(draft, stored), {
    kind: 'outcome',
    visit: body.visit,
    outcome: name,
    data,
    at: draft.input.now,
  })
}

function* takeFetched(draft: TurnDraft, { visit, answer }: Extract<ItemBody, { kind: 'fetched' }>): Folding<void> {
  const stored = findRun(draft.input)
  if (!stored) return
  if (answer.kind === 'failed' && stored.state.visit === visit && asksRemoteScene(stored))
    sayAsPlatform(draft, platformTexts(draft.input.tenancy.locale).sceneSilent)
  yield* advanceRun(draft, touchRun(draft, stored), { kind: 'fetched', visit, answer, at: draft.input.now })
}

/** A merchant's own server holds the conversation: nobody but us can say that it does not answer. */
function asksRemoteScene({ program, plugin, state }: LoadedRun): boolean {
  const step = getStep(program, state.step)
  const hosts: EgressDeclarations = plugin.contract.declaration.egress ?? {}
  return step.kind === 'fetch' && Object.hasOwn(hosts, step.from) && hosts[step.from]?.sign !== undefined
}

function* takeTimer(draft: TurnDraft, body: Extract<ItemBody, { kind: 'timer' }>): Folding<void> {
  const stored = findRun(draft.input)
  if (!stored || stored.state.visit !== body.visit) return
  const run = touchRun(draft, stored)
  const { visit } = run.state
  const at = draft.input.now
  if (body.due === 'giveWay') return yield* giveWay(draft, run)
  run.due = undefined
  if (body.due === 'slow') return sayAsPlatform(draft, platformTexts(draft.input.tenancy.locale).oneMoment)
  if (body.due === 'reminder') return yield* advanceRun(draft, run, { kind: 'reminded', visit, at })
  if (body.due === 'expiry') return yield* advanceRun(draft, run, { kind: 'decided', visit, answer: 'expired', at })
  yield* advanceRun(draft, run, { kind: 'timed_out', visit, at })
}

/** What an earlier turn could not ask a guest for. A run that is over by now wants nothing any more. */
function* takeEntries(draft: TurnDraft, { entries }: Extract<ItemBody, { kind: 'entry' }>): Folding<void> {
  for (const { run: id, event } of entries) {
    const stored = draft.input.runs.find((run) => run.row.id === id)
    if (stored) yield* advanceRun(draft, touchRun(draft, stored), event)
  }
}

function findRun(input: TurnInput): LoadedRun | undefined {
  return input.runs.find((run) => run.row.id === input.item.run_id)
}
