import { useCallback, useEffect, useState } from 'preact/hooks'
import type { PhoneView, ThreadView } from '../../src/views.ts'

export interface LivePhone {
  /** Undefined until the first picture arrived. */
  readonly view: PhoneView | undefined
  readonly connected: boolean
  /** Business time of the operator, as far as this page can tell. */
  readonly now: () => Date
}

interface Picture {
  readonly view: PhoneView | undefined
  /** Operator's time minus the browser's. */
  readonly offsetMs: number
}

/** Follows one phone through the operator's stream. Every event replaces what it names. */
export function useLivePhone(phone: string): LivePhone {
  const [picture, setPicture] = useState<Picture>({ view: undefined, offsetMs: 0 })
  const [connected, setConnected] = useState(true)
  const visible = useVisible()
  useEffect(() => setPicture({ view: undefined, offsetMs: 0 }), [phone])
  // A page nobody looks at keeps no stream: its messages are not displayed, and browsers allow only a few streams.
  useEffect(() => {
    if (!visible) return
    const stream = new EventSource(`/sandbox/stream?phone=${encodeURIComponent(phone)}`)
    stream.addEventListener('open', () => setConnected(true))
    stream.addEventListener('error', () => setConnected(false))
    stream.addEventListener('phone', (event: MessageEvent<string>) => {
      const view = JSON.parse(event.data) as PhoneView
      setPicture({ view, offsetMs: Date.parse(view.now) - Date.now() })
    })
    stream.addEventListener('thread', (event: MessageEvent<string>) => {
      const thread = JSON.parse(event.data) as ThreadView
      setPicture((old) => (old.view ? { ...old, view: replaceThread(old.view, thread) } : old))
    })
    return () => stream.close()
  }, [phone, visible])
  const { offsetMs } = picture
  const now = useCallback(() => new Date(Date.now() + offsetMs), [offsetMs])
  return { view: picture.view, connected, now }
}

function replaceThread(view: PhoneView, thread: ThreadView): PhoneView {
  const others = view.threads.filter(({ id }) => id !== thread.id)
  return { ...view, threads: thread.messages.length > 0 ? [...others, thread] : others }
}

/** Whether somebody can see this page. */
export function useVisible(): boolean {
  const [visible, setVisible] = useState(document.visibilityState === 'visible')
  useEffect(() => {
    const note = (): void => setVisible(document.visibilityState === 'visible')
    document.addEventListener('visibilitychange', note)
    return () => document.removeEventListener('visibilitychange', note)
  }, [])
  return visible
}

/** Re-renders now and then, for what depends on the time alone. */
export function useTick(everyMs: number): void {
  const [, setCount] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setCount((count) => count + 1), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
}
