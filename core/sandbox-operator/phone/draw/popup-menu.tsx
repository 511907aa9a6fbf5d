import type { ComponentChildren } from 'preact'
import { useRef } from 'preact/hooks'
import { listReachable, moveFocus, useFocusInside } from './use-focus-inside.ts'

interface PopupMenuProps {
  readonly label: string
  readonly class: string
  readonly onClose: () => void
  readonly children: ComponentChildren
}

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 }

/** A short list of things to do: arrows move in it, Escape and a tap beside it close it. */
export function PopupMenu({ label, class: name, onClose, children }: PopupMenuProps) {
  const box = useRef<HTMLDivElement>(null)
  useFocusInside(box, (menu) => listReachable(menu)[0] ?? null)
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' || event.key === 'Tab') onClose()
    const step = steps[event.key]
    if (step === undefined || !box.current) return
    event.preventDefault()
    moveFocus(box.current, step)
  }
  return (
    <>
      <div class="menu-veil" onClick={onClose} />
      <div ref={box} class={name} role="menu" aria-label={label} onKeyDown={onKeyDown}>
        {children}
      </div>
    </>
  )
}
