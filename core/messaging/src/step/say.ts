import type { Blocking, Content } from '@inthread/sdk/engine'
import { addMs, type Instant } from '@inthread/sdk/time'
import { writeToken } from '../conversation/token.ts'
import { sayAsPlatform, type DraftRun, type Entry, type TurnDraft } from '../fold/draft.ts'
import { ask, type Folding } from '../fold/need.ts'
import { sign, writeContent } from '../fold/speak.ts'
import { isCallKilled, targetOf } from '../halt/subject.ts'
import { assertRates } from '../text/assert-rates.ts'
import { platformTexts } from '../text/platform-texts.ts'
import { ownOrder } from './own-order.ts'

/** A late code is recognised and destroyed for this long after the bank's question. */
const lateCodeMs = 10 * 60_000
/** Buttons of a message that asks nothing. */
const buttonsLiveMs = 86_400_000

interface Saying {
  readonly content: Content<unknown>
  readonly visit: number
  /** Until when its buttons are good; a day when left out. */
  readonly expiresAt?: Instant
}

export function say(draft: TurnDraft, run: DraftRun, { content, visit, expiresAt }: Saying): void {
  const { keyring, conversation, tenancy, renderer, now } = draft.input
  const realm = { tenantId: conversation.tenant_id, conversationId: conversation.id, botId: conversation.bot_id }
  const until = expiresAt ?? addMs(now, buttonsLiveMs)
  const written = writeContent(content, {
    speaker: run.speaker,
    writeText: (text) => renderer.render(run.plugin, text, { locale: run.program.locale, timeZone: tenancy.timeZone }),
    writeToken: (option) => writeToken(keyring, realm, { kind: 'reply', run: run.id, visit, option, expiresAt: until }),
  })
  draft.messages.push({ voice: run.speaker.voice, content: assertRates(written) })
}

export function askUser(draft: TurnDraft, run: DraftRun, command: Extract<Blocking, { kind: 'ask' }>): void {
  const { now, tenancy } = draft.input
  const { timeoutAt, remindAt, content, visit } = command
  const reminds = remindAt !== undefined && remindAt < timeoutAt
  run.due = reminds ? { at: remindAt, kind: 'reminder' } : { at: timeoutAt, kind: 'timeout' }
  run.askedAt = now
  if (command.digits !== undefined) draft.secretUntil = addMs(now, lateCodeMs)
  const texts = platformTexts(tenancy.locale)
  if (command.again && command.digits !== undefined) sayAsPlatform(draft, texts.codeShape(command.digits))
  else if (command.again) sayAsPlatform(draft, offersAnswers(content) ? texts.notRead : texts.notReadBare)
  say(draft, run, { content, visit, expiresAt: timeoutAt })
}

/** Whether there is a button to point at. */
function offersAnswers(content: Content<unknown>): boolean {
  const cards = content.kind === 'carousel' ? content.cards : content.kind === 'card' ? [content.card] : []
  return [...content.chips, ...cards.flatMap(({ suggestions = [] }) => suggestions)].some(
    ({ kind }) => kind === 'reply',
  )
}

/** Says once that the question is still open; its time-out stays where it was. */
export function remindUser(draft: TurnDraft, run: DraftRun, command: Extract<Blocking, { kind: 'remind' }>): void {
  const { content, visit, timeoutAt } = command
  run.due = { at: timeoutAt, kind: 'timeout' }
  say(draft, run, { content, visit, expiresAt: timeoutAt })
}

/** The core's own question: its words come from the stored order, never from the plugin that asks for it. */
export function* confirmOrder(
  draft: TurnDraft,
  run: DraftRun,
  command: Extract<Blocking, { kind: 'confirm' }>,
): Folding<Entry | undefined> {
  const { now, keyring, conversation, tenancy } = draft.input
  const order = ownOrder(draft, run, command.order)
  if (isCallKilled(draft, 'money', targetOf(run))) {
    sayAsPlatform(draft, platformTexts(tenancy.locale).refused.stopped)
    return { run, event: { kind: 'decided', visit: command.visit, answer: 'cancelled', at: now } }
  }
  const presented = yield* ask({ kind: 'present', order, method: command.method, now })
  if (presented.kind === 'expired')
    return { run, event: { kind: 'decided', visit: command.visit, answer: 'expired', at: now } }
  const { expiresAt, text } = presented
  run.due = { at: expiresAt, kind: 'expiry' }
  run.askedAt = now
  const realm = { tenantId: tenancy.scope.tenantId, conversationId: conversation.id, botId: conversation.bot_id }
  const postback = (option: number): string =>
    writeToken(keyring, realm, { kind: 'reply', run: run.id, visit: command.visit, option, expiresAt })
  const { title, description, confirm: yes, cancel: no } = text
  const suggestions = [yes, no].map((label, option) => ({ kind: 'reply' as const, label, postback: postback(option) }))
  const card = assertRates({ kind: 'cards', cards: [{ title, description, suggestions }], chips: [] })
  const content = sign(run.speaker, card)
  draft.messages.push({ voice: run.speaker.voice, content })
  return undefined
}
