import { Avatar } from '../draw/avatar.tsx'
import { VerifiedMark } from '../draw/icon.tsx'
import { findSpokenLanguage } from '../draw/spoken-language.ts'
import { renderShort } from '../draw/time.ts'
import { usePreferences, useText } from '../desk/preferences.tsx'
import { renderPreview } from './thread-entry.ts'
import type { ThreadEntry } from './thread-entry.ts'

interface ThreadRowProps {
  readonly entry: ThreadEntry
  readonly now: Date
  readonly onOpen: () => void
}

export function ThreadRow({ entry, now, onOpen }: ThreadRowProps) {
  const t = useText()
  const { language } = usePreferences()
  const { name, logo, kind, last, chatbot, thread } = entry
  const unread = thread?.unread ?? 0
  const preview = last ? renderPreview(last) : chatbot?.description || t.startTalk
  return (
    <li>
      <button type="button" class="thread-row" data-testid={`thread-${entry.key}`} onClick={onOpen}>
        <Avatar name={name} size={50} kind={kind} {...(logo ? { logo } : {})} />
        <span class="thread-row-main">
          <span class="thread-row-top">
            <span class="thread-row-name">{name}</span>
            {kind === 'chatbot' && chatbot?.verified && <VerifiedMark label={t.verified} />}
            {kind === 'sms' && <span class="tag">{t.sms}</span>}
            {last && <time class="thread-row-time">{renderShort(language, new Date(last.at), now)}</time>}
          </span>
          <span class="thread-row-bottom">
            <span class="thread-row-preview" lang={findSpokenLanguage(preview)}>
              {preview}
            </span>
            {unread > 0 && (
              <span class="badge">
                {unread > 99 ? '99+' : unread}
                <span class="sr-only"> {t.unread}</span>
              </span>
            )}
          </span>
        </span>
      </button>
    </li>
  )
}
