import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { Icon } from './icon.tsx'

interface SidewaysProps {
  readonly label: string
  readonly class: string
  /** For rows whose members do not take the focus themselves. */
  readonly focusable?: boolean
  readonly children: ComponentChildren
}

interface Room {
  readonly before: boolean
  readonly after: boolean
}

/**
 * A row that scrolls: by thumb, by wheel, by keyboard, and with a mouse by two keys at its ends, which a pointer needs
 * and nobody else does.
 */
export function Sideways({ label, class: name, focusable = false, children }: SidewaysProps) {
  const row = useRef<HTMLDivElement>(null)
  const room = useRoom(row)
  const scroll = (direction: 1 | -1): void => {
    const { clientWidth = 0 } = row.current ?? {}
    row.current?.scrollBy({ left: direction * clientWidth * 0.7, behavior: 'smooth' })
  }
  return (
    <div class="sideways">
      <div ref={row} class={name} role="group" aria-label={label} {...(focusable ? { tabIndex: 0 } : {})}>
        {children}
      </div>
      {room.before && <SidewaysKey side="before" onPress={() => scroll(-1)} />}
      {room.after && <SidewaysKey side="after" onPress={() => scroll(1)} />}
    </div>
  )
}

function SidewaysKey({ side, onPress }: { readonly side: 'before' | 'after'; readonly onPress: () => void }) {
  return (
    <button type="button" class={`sideways-key sideways-${side}`} tabIndex={-1} aria-hidden="true" onClick={onPress}>
      <Icon name="back" size={20} />
    </button>
  )
}

/** On which sides something is out of sight. */
function useRoom(row: { readonly current: HTMLElement | null }): Room {
  const [room, setRoom] = useState<Room>({ before: false, after: false })
  useLayoutEffect(() => {
    const element = row.current
    if (!element) return
    const look = (): void => {
      const { scrollLeft, clientWidth, scrollWidth } = element
      const next = { before: scrollLeft > 4, after: scrollLeft + clientWidth < scrollWidth - 4 }
      setRoom((old) => (old.before === next.before && old.after === next.after ? old : next))
    }
    const watcher = new ResizeObserver(look)
    for (const each of [element, ...element.children]) watcher.observe(each)
    element.addEventListener('scroll', look, { passive: true })
    look()
    return () => {
      watcher.disconnect()
      element.removeEventListener('scroll', look)
    }
  }, [])
  return room
}
