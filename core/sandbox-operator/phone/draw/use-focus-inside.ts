import { useLayoutEffect, useState } from 'preact/hooks'

const reachable = 'button:not([disabled], [tabindex="-1"]), a[href], input, select, textarea, [role="menuitem"]'

interface Box {
  readonly current: HTMLElement | null
}

/** Takes the focus to what has opened, and gives it back to what opened it. */
export function useFocusInside(box: Box, findFirst: (box: HTMLElement) => HTMLElement | null): void {
  // Asked for while rendering: what opened it may be out of reach as soon as this stands in the page.
  const [before] = useState(() => document.activeElement)
  useLayoutEffect(() => {
    if (box.current) findFirst(box.current)?.focus({ preventScroll: true })
    return () => {
      queueMicrotask(() => {
        if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true })
      })
    }
  }, [])
}

export function listReachable(box: HTMLElement): HTMLElement[] {
  return [...box.querySelectorAll<HTMLElement>(reachable)]
}

/** Moves the focus on by some places, around the end. */
export function moveFocus(box: HTMLElement, by: number): void {
  const all = listReachable(box)
  const at = all.findIndex((each) => each === document.activeElement)
  all[(Math.max(at, by > 0 ? -1 : 0) + by + all.length) % all.length]?.focus()
}
