import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { ComponentChildren } from 'preact'
import { Icon } from '../draw/icon.tsx'
import { listEntries } from '../list/thread-entry.ts'
import type { ThreadEntry } from '../list/thread-entry.ts'
import { ThreadList } from '../list/thread-list.tsx'
import type { LivePhone } from '../live/use-phone.ts'
import { useTick } from '../live/use-phone.ts'
import { ThreadScreen } from '../thread/thread-screen.tsx'
import { useText } from './preferences.tsx'

interface PhoneAppProps {
  readonly live: LivePhone
  /** The chatbot whose thread is opened first. */
  readonly chat?: string
  readonly tools?: ComponentChildren
}

const minuteMs = 60_000

/** One subscriber's message app. */
export function PhoneApp({ live, chat, tools }: PhoneAppProps) {
  const t = useText()
  const { openKey, go, box } = useNavigation(chat === undefined ? undefined : `chatbot|${chat}`)
  useTick(minuteMs)
  const { view } = live
  if (!view) return <div class="screen loading" role="status" aria-label={t.loading} />
  if (!view.on) return <SwitchedOff tools={tools} />
  const open = listEntries(view).find(({ key }) => key === openKey)
  const show = ({ key }: ThreadEntry): void => go(key)
  return (
    <div class="phone-app" ref={box} tabIndex={-1}>
      {!live.connected && (
        <p class="offline" role="status">
          {t.offline}
        </p>
      )}
      {open ? (
        <ThreadScreen
          key={`${view.phone}|${open.key}`}
          live={{ ...live, view }}
          entry={open}
          onBack={() => go(undefined)}
          onGo={go}
        />
      ) : (
        <ThreadList view={view} now={live.now()} onOpen={show} tools={tools} />
      )}
    </div>
  )
}

/** Which thread is open. The focus goes along: into the thread, and back to its row. */
function useNavigation(first: string | undefined) {
  const box = useRef<HTMLDivElement>(null)
  const left = useRef<string | undefined>(undefined)
  const [openKey, setOpenKey] = useState(first)
  useEffect(() => setOpenKey(first), [first])
  useLayoutEffect(() => {
    if (left.current === undefined) return
    const row = box.current?.querySelector<HTMLElement>(`[data-testid="thread-${CSS.escape(left.current)}"]`)
    const target = openKey === undefined ? row : box.current
    target?.focus({ preventScroll: true })
  }, [openKey])
  const go = (key: string | undefined): void => {
    left.current = openKey ?? ''
    setOpenKey(key)
  }
  return { openKey, go, box }
}

function SwitchedOff({ tools }: { readonly tools: ComponentChildren }) {
  const t = useText()
  return (
    <div class="screen switched-off">
      {tools && <div class="switched-off-tools">{tools}</div>}
      <Icon name="power" size={40} />
      <p>{t.off}</p>
      <p class="switched-off-hint">{t.offHint}</p>
    </div>
  )
}
