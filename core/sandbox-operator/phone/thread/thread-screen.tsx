import { useEffect, useRef, useState } from 'preact/hooks'
import type { MessageView, SuggestionView } from '../../src/views.ts'
import type { ThreadEntry } from '../list/thread-entry.ts'
import { operator } from '../live/operator-calls.ts'
import type { LivePhone } from '../live/use-phone.ts'
import { useTick, useVisible } from '../live/use-phone.ts'
import { useSender } from '../live/use-sender.ts'
import { ActionSheet, openTarget } from './action-sheet.tsx'
import { InfoPage, Introduction } from './info-page.tsx'
import { MessageList } from './message-list.tsx'
import { ThreadFoot } from './thread-foot.tsx'
import { TopBar } from './top-bar.tsx'

interface ThreadScreenProps {
  readonly live: LivePhone & { readonly view: NonNullable<LivePhone['view']> }
  readonly entry: ThreadEntry
  readonly onBack: () => void
  /** Shows another thread, by its key. */
  readonly onGo: (key: string) => void
}

const codeLookMs = 10_000

export function ThreadScreen({ live, entry, onBack, onGo }: ThreadScreenProps) {
  const { view, now } = live
  const { chatbot, thread } = entry
  const [info, setInfo] = useState(false)
  const [sheet, setSheet] = useState<SuggestionView | undefined>(undefined)
  const to = entry.kind === 'chatbot' ? entry.address : (chatbot?.chatbotId ?? entry.address)
  const sender = useSender({ phone: view.phone, to, now }, thread)
  useTick(codeLookMs)
  useDisplayed(view.phone, thread)
  const tap = (messageId: string, suggestion: SuggestionView): void => {
    sender.tap({ messageId, index: suggestion.index, label: suggestion.label })
    if (suggestion.kind !== 'reply' && !openTarget(suggestion)) setSheet(suggestion)
  }
  const say = (text: string): void => {
    sender.say(text)
    // Without 5G messaging the answer is a short message, and stands where those stand.
    if (entry.kind === 'chatbot' && !view.fiveG && chatbot) onGo(`sms|${chatbot.serviceNumber}`)
  }
  return (
    <section class="screen thread-screen" aria-label={entry.name}>
      <div class="thread-main" inert={info} aria-hidden={info}>
        <TopBar entry={entry} onBack={onBack} {...(chatbot ? { onInfo: () => setInfo(true) } : {})} />
        <MessageList
          messages={thread?.messages ?? []}
          pending={sender.pending}
          kind={entry.kind}
          now={now()}
          onTap={(message, suggestion) => tap(message.id, suggestion)}
          {...(chatbot && !thread ? { intro: <Introduction chatbot={chatbot} canWrite={view.fiveG} /> } : {})}
        />
        <ThreadFoot
          view={view}
          entry={entry}
          now={now()}
          onSend={say}
          onMenuTap={(suggestion) => tap('menu', suggestion)}
        />
      </div>
      {sheet && <ActionSheet action={sheet} onClose={() => setSheet(undefined)} />}
      {info && chatbot && <InfoPage chatbot={chatbot} onBack={() => setInfo(false)} />}
    </section>
  )
}

/** Tells the operator what was seen, once, and only while somebody can see it. */
function useDisplayed(phone: string, thread: ThreadEntry['thread']): void {
  const told = useRef(new Set<string>())
  const visible = useVisible()
  useEffect(() => {
    if (!thread || !visible) return
    const messageIds = thread.messages.filter((each) => isNew(each, thread.unread)).map(({ id }) => id)
    const untold = messageIds.filter((id) => !told.current.has(id))
    if (untold.length === 0) return
    untold.forEach((id) => told.current.add(id))
    operator.displayed({ phone, threadId: thread.id, messageIds: untold }).catch(() => {
      untold.forEach((id) => told.current.delete(id))
    })
  }, [phone, thread, visible])
}

/** Messages that count as displayed already may still be unread by this page. */
function isNew({ direction, states }: MessageView, unread: number): boolean {
  if (direction === 'out') return false
  return unread > 0 || !states.some(({ status }) => status === 'displayed')
}
