import type { InboundContent } from '@inthread/sdk/channel'
import { confirmLabels } from '@inthread/sdk/confirm'
import {
  findDialogueOperation,
  type AnyAsk,
  findPlatformWord,
  getStep,
  isGreeting,
  isPlatformWord,
  normalize,
  type PlatformWord,
  type RunEvent,
} from '@inthread/sdk/engine'
import { findToken, type Token } from '../conversation/token.ts'
import { isProving } from '../stack/open-runs.ts'
import { readWith } from './guest-fold.ts'
import { findIntentByName, findIntentByWords, type FoundIntent } from './intents.ts'
import type { Folding } from './need.ts'
import type { LoadedRun, TurnInput } from './turn.ts'

/** What a user's message is taken for. */
export type Decision =
  | { readonly kind: 'event'; readonly run: LoadedRun; readonly event: RunEvent; readonly keepsSecret?: boolean }
  | { readonly kind: 'start'; readonly found: FoundIntent; readonly focus: LoadedRun | undefined }
  | { readonly kind: 'word'; readonly word: PlatformWord; readonly focus: LoadedRun | undefined }
  | { readonly kind: 'greeting'; readonly focus: LoadedRun | undefined }
  | { readonly kind: 'late'; readonly runId: string | undefined }
  | { readonly kind: 'say'; readonly text: 'unsupported' | 'codeNotNeeded' }
  /** The buttons of the confirm card, as they are named there. */
  | { readonly kind: 'confirmOrCancel'; readonly labels: readonly string[] }
  /** For the person who answers now. */
  | { readonly kind: 'case' }
  /** A button of the bot's while a person answers. */
  | { readonly kind: 'withHuman' }
  | { readonly kind: 'menu' }

/**
 * Who gets a user's message: a button's token, then the label of an open question, then the platform's words, then the
 * open question itself, then the words of plugins, then a greeting, then the menu. The platform's words come before a
 * question's own reader, so that "cancel" and "human" work everywhere.
 */
export function* arbitrate(input: TurnInput, content: InboundContent): Folding<Decision> {
  if (input.conversation.desk_case !== null) return yield* arbitrateAtDesk(input, content)
  switch (content.kind) {
    case 'tap':
      return arbitrateTap(input, content.postback)
    case 'text':
      return yield* arbitrateText(input, content.text)
    default:
      return { kind: 'say', text: 'unsupported' }
  }
}

/**
 * The youngest run that waits for an answer of the user. Where the bank wants a consent or a code it is the bank's: no
 * digits go to a scene that happened to ask after it.
 */
export function findFocus(input: TurnInput): LoadedRun | undefined {
  const asking = input.runs.filter(
    (run) => !run.suspended && ['ask', 'confirm'].includes(getStep(run.program, run.state.step).kind),
  )
  const bank = asking.filter((run) => isProving({ ...run, bankId: run.row.bank_id ?? undefined }))
  return (bank.length > 0 ? bank : asking).reduce<LoadedRun | undefined>(
    (best, run) => (best && best.askedAt >= run.askedAt ? best : run),
    undefined,
  )
}

/**
 * While a person answers, everything is for that person but what belongs to the bank: its buttons, those of its urgent
 * news, its codes, and digits that might be one, of which the person sees nothing.
 */
function* arbitrateAtDesk(input: TurnInput, content: InboundContent): Folding<Decision> {
  if (content.kind === 'tap') {
    const decision = arbitrateTap(input, content.postback)
    const bank = decision.kind === 'event' && isDialogue(decision.run)
    const urgent = decision.kind === 'event' && decision.run.urgent
    return bank || urgent || decision.kind === 'late' || isDeskWord(decision) ? decision : { kind: 'withHuman' }
  }
  if (content.kind !== 'text') return { kind: 'case' }
  const focus = findFocus(input)
  if (focus && isDialogue(focus)) {
    const labelled = answerByLabel(input, focus, content.text)
    if (labelled) return { kind: 'event', run: focus, event: labelled }
    if (isConfidential(focus) && /\p{Nd}{3}/u.test(content.text))
      return (yield* answerByWords(input, focus, content.text)) ?? notRead(input, focus)
  }
  const word = findPlatformWord(content.text)
  const decision = word && decideWord(input, word)
  if (decision && isDeskWord(decision)) return decision
  const secret = input.conversation.secret_until > input.now && findDigits(content.text, 4, 8)
  return secret ? { kind: 'say', text: 'codeNotNeeded' } : { kind: 'case' }
}

/** Words that mean the platform itself; "cancel" only where the bank is asking. */
function isDeskWord(decision: Decision): boolean {
  if (decision.kind !== 'word') return false
  const { word, focus } = decision
  return word === 'bot' || word === 'stop' || (word === 'cancel' && focus !== undefined && isDialogue(focus))
}

function arbitrateTap(input: TurnInput, postback: string): Decision {
  const { conversation, keyring } = input
  const realm = { tenantId: conversation.tenant_id, conversationId: conversation.id, botId: conversation.bot_id }
  const token = findToken(keyring, realm, postback)
  if (!token) return { kind: 'late', runId: undefined }
  if (token.kind === 'word') return isPlatformWord(token.word) ? decideWord(input, token.word) : { kind: 'menu' }
  if (token.kind === 'intent') {
    const found = findIntentByName(input, token)
    return found ? decideStart(input, found) : { kind: 'menu' }
  }
  return decideReply(input, token)
}

function decideReply(input: TurnInput, token: Extract<Token, { kind: 'reply' }>): Decision {
  const run = input.runs.find((candidate) => candidate.row.id === token.run)
  if (!run || run.state.visit !== token.visit || token.expiresAt < input.now) return { kind: 'late', runId: token.run }
  // The bank is answered first, whatever else still has buttons; a tap on something urgent cannot be meant for it.
  const focus = findFocus(input)
  if (focus && focus !== run && isDialogue(focus) && !isDialogue(run) && !run.urgent) return notRead(input, focus)
  const event = answerByOption(run, token.option, input.now)
  return event ? { kind: 'event', run, event } : { kind: 'late', runId: token.run }
}

function answerByOption(run: LoadedRun, option: number, at: number): RunEvent | undefined {
  const { visit, options } = run.state
  const step = getStep(run.program, run.state.step)
  if (step.kind === 'confirm') return { kind: 'decided', visit, answer: option === 0 ? 'confirmed' : 'cancelled', at }
  const chosen = options[option]
  return step.kind === 'ask' && chosen ? { kind: 'answered', visit, value: chosen.value, at } : undefined
}

function* arbitrateText(input: TurnInput, text: string): Folding<Decision> {
  const focus = findFocus(input)
  const labelled = focus && answerByLabel(input, focus, text)
  if (focus && labelled) return { kind: 'event', run: focus, event: labelled }
  const urgent = answerUrgent(input, text)
  if (urgent) return urgent
  const word = findPlatformWord(text)
  if (word) return decideWord(input, word)
  const answer = focus && (yield* answerByWords(input, focus, text))
  if (answer) return answer
  if (focus && isConfidential(focus)) return notRead(input, focus)
  if (input.conversation.secret_until > input.now && findDigits(text, 4, 8))
    return { kind: 'say', text: 'codeNotNeeded' }
  const found = focus && isDialogue(focus) ? undefined : yield* findIntentByWords(input, text)
  if (found) return decideStart(input, found)
  if (isGreeting(text)) return { kind: 'greeting', focus }
  return focus ? notRead(input, focus) : { kind: 'menu' }
}

/** The very label of something urgent is meant for that, whatever has been asked since. */
function answerUrgent(input: TurnInput, text: string): Decision | undefined {
  for (const run of input.runs.filter(({ urgent, suspended }) => urgent && !suspended)) {
    const event = answerByLabel(input, run, text)
    if (event) return { kind: 'event', run, event }
  }
  return undefined
}

/** Typed words that equal a button's label, or its number in the list, do what the button does. */
function answerByLabel(input: TurnInput, run: LoadedRun, text: string): RunEvent | undefined {
  const typed = normalize(text)
  const option = listLabels(input, run).findIndex((label) => normalize(label) === typed)
  return option < 0 || typed === '' ? undefined : answerByOption(run, option, input.now)
}

export function listLabels(input: TurnInput, run: LoadedRun): readonly string[] {
  const { locale } = run.program
  if (getStep(run.program, run.state.step).kind === 'confirm')
    return confirmLabels(locale, findDialogueOperation(run.plugin, run.program.flow)?.confirm?.title)
  const reading = { locale, timeZone: input.tenancy.timeZone }
  return run.state.options.map((option) => input.renderer.render(run.plugin, option.label, reading))
}

function* answerByWords(input: TurnInput, run: LoadedRun, text: string): Folding<Decision | undefined> {
  const step = getStep(run.program, run.state.step)
  if (step.kind !== 'ask') return undefined
  const { visit } = run.state
  const at = input.now
  if (step.confidential) {
    if (!findDigits(text, step.shape?.digits ?? 1, step.shape?.digits ?? 12)) return undefined
    return {
      kind: 'event',
      run,
      event: { kind: 'answered_in_confidence', visit, secret: input.item.id, at },
      keepsSecret: true,
    }
  }
  const value = yield* readWords(input, run, { step, text })
  return value === undefined ? undefined : { kind: 'event', run, event: { kind: 'answered', visit, value, at } }
}

function* readWords(
  input: TurnInput,
  run: LoadedRun,
  { step, text }: { readonly step: AnyAsk; readonly text: string },
): Folding<unknown> {
  const value = yield* readWith(input, run, { step, text })
  if (value !== undefined && value !== null) return value
  const ordinal = /^[0-9]{1,2}$/.test(text.trim().normalize('NFKC')) ? Number(text.trim().normalize('NFKC')) : 0
  return run.state.options[ordinal - 1]?.value
}

/** What was said to the bank is neither taken back nor begun anew: there its own answers are the only way on. */
function decideWord(input: TurnInput, word: PlatformWord): Decision {
  const focus = findFocus(input)
  if (focus && isDialogue(focus) && (word === 'correct' || word === 'again')) return notRead(input, focus)
  return { kind: 'word', word, focus }
}

/** A new wish goes before an open question of a scene; a bank's dialogue has to be ended by its own answer first. */
function decideStart(input: TurnInput, found: FoundIntent): Decision {
  const focus = findFocus(input)
  if (focus && isDialogue(focus)) return notRead(input, focus)
  return { kind: 'start', found, focus }
}

function notRead(input: TurnInput, focus: LoadedRun): Decision {
  const confirms = getStep(focus.program, focus.state.step).kind === 'confirm'
  if (confirms) return { kind: 'confirmOrCancel', labels: listLabels(input, focus) }
  return { kind: 'event', run: focus, event: { kind: 'not_read', visit: focus.state.visit, at: input.now } }
}

export function isConfidential(run: LoadedRun): boolean {
  const step = getStep(run.program, run.state.step)
  return step.kind === 'ask' && step.confidential === true
}

export function isDialogue(run: LoadedRun): boolean {
  return run.row.bank_id !== null
}

/** The digits of a text that is nothing but digits, in any width and with blanks between. */
function findDigits(text: string, least: number, most: number): string | undefined {
  const digits = text.normalize('NFKC').replace(/[\s-]/gu, '')
  return /^[0-9]+$/.test(digits) && digits.length >= least && digits.length <= most ? digits : undefined
}
