import { useState } from 'preact/hooks'
import { usePreferences, useText } from '../desk/preferences.tsx'
import type { Strings } from '../desk/strings.ts'
import { Avatar } from '../draw/avatar.tsx'
import { Icon, VerifiedMark } from '../draw/icon.tsx'
import { PopupMenu } from '../draw/popup-menu.tsx'
import type { ThreadEntry } from '../list/thread-entry.ts'

interface TopBarProps {
  readonly entry: ThreadEntry
  readonly onBack: () => void
  /** Absent where there is nothing to tell about the sender. */
  readonly onInfo?: () => void
}

export function TopBar({ entry, onBack, onInfo }: TopBarProps) {
  const t = useText()
  const { name, logo, kind, chatbot } = entry
  const title = (
    <>
      <Avatar name={name} size={36} kind={kind} {...(logo ? { logo } : {})} />
      <span class="top-words">
        <span class="top-name">
          <span class="top-name-text">{name}</span>
          {kind === 'chatbot' && chatbot?.verified && <VerifiedMark label={t.verified} size={15} />}
        </span>
        <span class="top-number">{findSubtitle(t, entry)}</span>
      </span>
    </>
  )
  return (
    <header class="top-bar">
      <button type="button" class="top-key" aria-label={t.back} onClick={onBack}>
        <Icon name="back" size={24} />
      </button>
      {onInfo ? (
        <button type="button" class="top-title" aria-label={`${name} · ${t.information}`} onClick={onInfo}>
          {title}
        </button>
      ) : (
        <div class="top-title">{title}</div>
      )}
      <MoreMenu {...(onInfo ? { onInfo } : {})} />
    </header>
  )
}

function findSubtitle(t: Strings, { kind, chatbot, name, address }: ThreadEntry): string {
  if (kind === 'chatbot') return chatbot?.serviceNumber ?? ''
  return name === address ? t.sms : `${t.sms} ${address}`
}

function MoreMenu({ onInfo }: Pick<TopBarProps, 'onInfo'>) {
  const t = useText()
  const { hood, setHood } = usePreferences()
  const [open, setOpen] = useState(false)
  const run = (work: () => void): void => {
    setOpen(false)
    work()
  }
  return (
    <div class="more">
      <button
        type="button"
        class="top-key"
        aria-label={t.more}
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <Icon name="more" size={22} />
      </button>
      {open && (
        <PopupMenu label={t.more} class="more-list" onClose={() => setOpen(false)}>
          {onInfo && (
            <button type="button" role="menuitem" class="menu-entry" onClick={() => run(onInfo)}>
              <Icon name="info" size={18} />
              {t.information}
            </button>
          )}
          <button type="button" role="menuitem" class="menu-entry" onClick={() => run(() => setHood(!hood))}>
            <Icon name="code" size={18} />
            {hood ? t.hoodHide : t.hoodShow}
          </button>
        </PopupMenu>
      )}
    </div>
  )
}
