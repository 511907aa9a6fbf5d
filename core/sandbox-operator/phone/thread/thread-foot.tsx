import { useState } from 'preact/hooks'
import type { PhoneView, SuggestionView } from '../../src/views.ts'
import { useText } from '../desk/preferences.tsx'
import { Icon } from '../draw/icon.tsx'
import type { ThreadEntry } from '../list/thread-entry.ts'
import { Composer } from './composer.tsx'
import { MenuBar } from './menu-bar.tsx'
import { findFreshCode } from './sms-code.ts'

interface ThreadFootProps {
  readonly view: PhoneView
  readonly entry: ThreadEntry
  readonly now: Date
  readonly onSend: (text: string) => void
  readonly onMenuTap: (suggestion: SuggestionView) => void
}

/** What the thumb reaches: the menu or the keyboard, and the code that just came by SMS. */
export function ThreadFoot({ view, entry, now, onSend, onMenuTap }: ThreadFootProps) {
  const t = useText()
  const [draft, setDraft] = useState('')
  const [typing, setTyping] = useState(false)
  const [turns, setTurns] = useState(0)
  const { kind, chatbot } = entry
  if (kind === 'sms' && (view.fiveG || !chatbot)) return <p class="read-only">{t.smsReadOnly}</p>
  const menu = kind === 'chatbot' && view.fiveG ? (chatbot?.menu ?? []) : []
  const code = kind === 'chatbot' ? findFreshCode(view, now) : undefined
  // Whatever the thumb has called up has the focus, so that the next key goes there.
  const turn = (toKeyboard: boolean): void => {
    setTyping(toKeyboard)
    setTurns(turns + 1)
  }
  const fill = (text: string): void => {
    turn(true)
    setDraft(text)
  }
  const send = (text: string): void => {
    setDraft('')
    onSend(text)
  }
  const showsMenu = menu.length > 0 && !typing
  return (
    <footer class="foot">
      {!view.fiveG && <p class="banner">{kind === 'chatbot' ? t.noFiveGBanner : t.asSmsBanner}</p>}
      {code !== undefined && draft !== code && <CodeFill code={code} onFill={() => fill(code)} />}
      {showsMenu ? (
        <MenuBar menu={menu} onTap={onMenuTap} turns={turns} onKeyboard={() => turn(true)} />
      ) : (
        <Composer
          draft={draft}
          placeholder={view.fiveG ? t.writeMessage : t.writeSms}
          turns={turns}
          onDraft={setDraft}
          onBegin={() => setTyping(true)}
          onSend={send}
          {...(menu.length > 0 ? { onMenu: () => turn(false) } : {})}
        />
      )}
    </footer>
  )
}

function CodeFill({ code, onFill }: { readonly code: string; readonly onFill: () => void }) {
  const t = useText()
  return (
    <button type="button" class="code-fill" aria-label={`${t.fillCode} ${code}`} onClick={onFill}>
      <Icon name="compose" size={18} />
      <span class="code-fill-words">
        <span class="code-fill-from">{t.fromMessages}</span>
        <b>{code}</b>
      </span>
    </button>
  )
}
