import { useEffect, useState } from 'preact/hooks'
import type { MenuKeyView, SuggestionView } from '../../src/views.ts'
import { kindIcon } from '../card/card-actions.tsx'
import { useText } from '../desk/preferences.tsx'
import { Icon } from '../draw/icon.tsx'

interface MenuBarProps {
  readonly menu: readonly MenuKeyView[]
  readonly onTap: (suggestion: SuggestionView) => void
  readonly onKeyboard: () => void
}

/** The fixed menu: up to three keys, each a suggestion or a short list of them. */
export function MenuBar({ menu, onTap, onKeyboard }: MenuBarProps) {
  const t = useText()
  const [open, setOpen] = useState<number | undefined>(undefined)
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') setOpen(undefined)
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
  const choose = (suggestion: SuggestionView): void => {
    setOpen(undefined)
    onTap(suggestion)
  }
  return (
    <nav class="menu-bar" aria-label={t.fixedMenu}>
      {open !== undefined && (
        <button type="button" class="menu-veil" aria-label={t.close} onClick={() => setOpen(undefined)} />
      )}
      <button type="button" class="bar-key" aria-label={t.keyboard} onClick={onKeyboard}>
        <Icon name="keyboard" size={22} />
      </button>
      {menu.map((key, place) => (
        <div key={place} class="menu-slot">
          {open === place && <MenuList keyView={key} onChoose={choose} />}
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

function MenuList({ keyView, onChoose }: Pick<MenuKeyProps, 'keyView' | 'onChoose'>) {
  return (
    <div class="menu-list" role="menu" aria-label={keyView.label}>
      {keyView.entries.map((entry) => (
        <button key={entry.index} type="button" role="menuitem" class="menu-entry" onClick={() => onChoose(entry)}>
          {entry.kind !== 'reply' && <Icon name={kindIcon[entry.kind]} size={16} />}
          {entry.label}
        </button>
      ))}
    </div>
  )
}
