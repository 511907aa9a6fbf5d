import { Fragment } from 'preact'
import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { MessageView, SuggestionView } from '../../src/views.ts'
import { usePreferences, useText } from '../desk/preferences.tsx'
import { findSpokenLanguage } from '../draw/spoken-language.ts'
import { buildDayKey, renderClock, renderDay } from '../draw/time.ts'
import type { Pending } from '../live/use-sender.ts'
import { Bubble } from './bubble.tsx'
import { ChipRow } from './chip-row.tsx'
import { MessageItem } from './message-item.tsx'
import { Ticks } from './ticks.tsx'

interface MessageListProps {
  readonly messages: readonly MessageView[]
  readonly pending: readonly Pending[]
  readonly kind: 'chatbot' | 'sms'
  readonly now: Date
  /** What stands in a thread in which nothing was said yet. */
  readonly intro?: ComponentChildren
  readonly onTap: (message: MessageView, suggestion: SuggestionView) => void
}

/** A pause this long in the conversation is marked by the time. */
const pauseMs = 180_000

export function MessageList({ messages, pending, kind, now, intro, onTap }: MessageListProps) {
  const box = useStickyBottom(messages, pending.length)
  const last = messages.at(-1)
  const chips = last && pending.length === 0 ? last.suggestions.filter(({ place }) => place === 'chip') : []
  return (
    <div class="message-scroll" ref={box} data-testid="messages">
      {intro}
      <ol class="messages" aria-live="polite">
        {messages.map((message, place) => (
          <Fragment key={`${message.direction}${message.id}`}>
            {startsDay(messages, place) && <DaySeparator at={message.at} now={now} />}
            <MessageItem
              message={message}
              kind={kind}
              closes={endsBeforePause(messages, place) && !(message === last && pending.length > 0)}
              onTap={(suggestion) => onTap(message, suggestion)}
            />
          </Fragment>
        ))}
        {pending.map((entry) => (
          <PendingItem key={entry.localId} entry={entry} />
        ))}
      </ol>
      {last && chips.length > 0 && <ChipRow chips={chips} onTap={(chip) => onTap(last, chip)} />}
    </div>
  )
}

function DaySeparator({ at, now }: { readonly at: string; readonly now: Date }) {
  const { language } = usePreferences()
  return (
    <li class="day">
      <span>{renderDay(language, new Date(at), now)}</span>
    </li>
  )
}

function PendingItem({ entry }: { readonly entry: Pending }) {
  const t = useText()
  const { language } = usePreferences()
  return (
    <li class="message message-out" data-testid="pending">
      <div class="message-line">
        <div class="message-body" lang={findSpokenLanguage(entry.text)}>
          <Bubble text={entry.text} side="out" />
        </div>
        {!entry.failed && <Ticks progress="sending" />}
      </div>
      <div class="message-meta">
        {entry.failed ? (
          <button type="button" class="again" onClick={entry.again}>
            {t.notSent}
          </button>
        ) : (
          <time>{renderClock(language, new Date(entry.at))}</time>
        )}
      </div>
    </li>
  )
}

function startsDay(messages: readonly MessageView[], place: number): boolean {
  const [before, message] = [messages[place - 1], messages[place]]
  if (!message) return false
  return !before || buildDayKey(new Date(before.at)) !== buildDayKey(new Date(message.at))
}

function endsBeforePause(messages: readonly MessageView[], place: number): boolean {
  const [message, next] = [messages[place], messages[place + 1]]
  if (!message || !next) return true
  return Date.parse(next.at) - Date.parse(message.at) > pauseMs
}

/** Keeps the newest message in sight unless the reader has scrolled up to older ones. */
function useStickyBottom(messages: readonly MessageView[], pendingCount: number) {
  const box = useRef<HTMLDivElement>(null)
  const stuck = useRef(true)
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const note = (): void => {
      stuck.current = element.scrollHeight - element.scrollTop - element.clientHeight < 80
    }
    const follow = (): void => {
      if (stuck.current) element.scrollTop = element.scrollHeight
    }
    // Pictures that load late and keyboards that come up change the height without a new message.
    const watcher = new ResizeObserver(follow)
    watcher.observe(element)
    for (const child of element.children) watcher.observe(child)
    element.addEventListener('scroll', note, { passive: true })
    return () => {
      watcher.disconnect()
      element.removeEventListener('scroll', note)
    }
  }, [])
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    if (stuck.current || pendingCount > 0) element.scrollTop = element.scrollHeight
  }, [messages.length, messages.at(-1)?.id, pendingCount])
  return box
}
