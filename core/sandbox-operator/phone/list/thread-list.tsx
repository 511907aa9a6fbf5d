import type { ComponentChildren } from 'preact'
import type { PhoneView } from '../../src/views.ts'
import { useText } from '../desk/preferences.tsx'
import { Icon } from '../draw/icon.tsx'
import { listEntries } from './thread-entry.ts'
import type { ThreadEntry } from './thread-entry.ts'
import { ThreadRow } from './thread-row.tsx'

interface ThreadListProps {
  readonly view: PhoneView
  readonly now: Date
  readonly onOpen: (entry: ThreadEntry) => void
  /** Controls beside the title, where there is no desk around the phone. */
  readonly tools?: ComponentChildren
}

export function ThreadList({ view, now, onOpen, tools }: ThreadListProps) {
  const t = useText()
  const entries = listEntries(view)
  return (
    <div class="screen list-screen">
      <header class="list-head">
        <h1>{t.messages}</h1>
        {tools}
      </header>
      {entries.length === 0 ? (
        <div class="empty">
          <Icon name="compose" size={36} />
          <p class="empty-title">{t.noThreads}</p>
          <p>{t.noThreadsHint}</p>
        </div>
      ) : (
        <ul class="thread-list" aria-label={t.messages}>
          {entries.map((entry) => (
            <ThreadRow key={entry.key} entry={entry} now={now} onOpen={() => onOpen(entry)} />
          ))}
        </ul>
      )}
    </div>
  )
}
