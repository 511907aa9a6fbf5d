import type { ComponentChildren } from 'preact'
import { useRef } from 'preact/hooks'
import { moveFocus, useFocusInside } from './use-focus-inside.ts'

interface SheetProps {
  readonly label: string
  readonly class?: string
  readonly onClose: () => void
  readonly children: ComponentChildren
}

/** A sheet over one phone's screen; the other phone on the desk stays in use. */
export function Sheet({ label, class: name = '', onClose, children }: SheetProps) {
  const box = useRef<HTMLDivElement>(null)
  useFocusInside(box, (sheet) => sheet)
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') onClose()
    if (event.key !== 'Tab' || !box.current) return
    event.preventDefault()
    moveFocus(box.current, event.shiftKey ? -1 : 1)
  }
  return (
    <div class="sheet-veil" onClick={onClose}>
      <div
        ref={box}
        class={`sheet ${name}`}
        role="dialog"
        aria-modal="true"
        aria-label={label}
        tabIndex={-1}
        onKeyDown={onKeyDown}
        onClick={(event) => event.stopPropagation()}
      >
        {children}
      </div>
    </div>
  )
}
