import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { MenuKeyView, SuggestionView } from '../../src/views.ts'
import { kindIcon } from '../card/card-actions.tsx'
import { useText } from '../desk/preferences.tsx'
import { Icon } from '../draw/icon.tsx'
import { PopupMenu } from '../draw/popup-menu.tsx'

interface MenuBarProps {
  readonly menu: readonly MenuKeyView[]
  /** Grows whenever the user goes between menu and keyboard. */
  readonly turns: number
  readonly onTap: (suggestion: SuggestionView) => void
  readonly onKeyboard: () => void
}

/** The fixed menu: up to three keys, each a suggestion or a short list of them. */
export function MenuBar({ menu, turns, onTap, onKeyboard }: MenuBarProps) {
  const t = useText()
  const [open, setOpen] = useState<number | undefined>(undefined)
  const keyboard = useRef<HTMLButtonElement>(null)
  useLayoutEffect(() => {
    if (turns > 0) keyboard.current?.focus({ preventScroll: true })
  }, [turns])
  const close = (): void => setOpen(undefined)
  const choose = (suggestion: SuggestionView): void => {
    close()
    onTap(suggestion)
  }
  return (
    <nav class="menu-bar" aria-label={t.fixedMenu}>
      <button ref={keyboard} type="button" class="bar-key" aria-label={t.keyboard} onClick={onKeyboard}>
        <Icon name="keyboard" size={22} />
      </button>
      {menu.map((key, place) => (
        <div key={place} class="menu-slot">
          {open === place && <MenuList keyView={key} onChoose={choose} onClose={close} />}
          <MenuKey
            keyView={key}
            open={open === place}
            onToggle={() => setOpen(open === place ? undefined : place)}
            onChoose={choose}
          />
        </div>
      ))}
    </nav>
  )
}

interface MenuKeyProps {
  readonly keyView: MenuKeyView
  readonly open: boolean
  readonly onToggle: () => void
  readonly onChoose: (suggestion: SuggestionView) => void
}

function MenuKey({ keyView, open, onToggle, onChoose }: MenuKeyProps) {
  const { label, suggestion } = keyView
  if (suggestion) {
    return (
      <button type="button" class="menu-key" onClick={() => onChoose(suggestion)}>
        {label}
      </button>
    )
  }
  return (
    <button type="button" class="menu-key" aria-haspopup="menu" aria-expanded={open} onClick={onToggle}>
      <Icon name="lines" size={16} />
      {label}
    </button>
  )
}

function MenuList({
  keyView,
  onChoose,
  onClose,
}: Pick<MenuKeyProps, 'keyView' | 'onChoose'> & { readonly onClose: () => void }) {
  return (
    <PopupMenu label={keyView.label} class="menu-list" onClose={onClose}>
      {keyView.entries.map((entry) => (
        <button key={entry.index} type="button" role="menuitem" class="menu-entry" onClick={() => onChoose(entry)}>
          {entry.kind !== 'reply' && <Icon name={kindIcon[entry.kind]} size={16} />}
          {entry.label}
        </button>
      ))}
    </PopupMenu>
  )
}
