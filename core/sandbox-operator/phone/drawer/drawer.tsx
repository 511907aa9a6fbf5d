import { useEffect, useState } from 'preact/hooks'
import type { WireView } from '../../src/views.ts'
import { usePreferences, useText } from '../desk/preferences.tsx'
import { Icon } from '../draw/icon.tsx'
import { operator } from '../live/operator-calls.ts'
import { useHood } from './hood.tsx'
import { Callbacks, Requests, States } from './wire-sections.tsx'

const lookAgainMs = 1500

/** For developers: what crossed the wire for the selected message, kept up to date while it is open. */
export function Drawer() {
  const t = useText()
  const { hood, setHood } = usePreferences()
  const { selected, select } = useHood()
  const wire = useWire(selected)
  const close = (): void => {
    select(undefined)
    setHood(false)
  }
  if (!hood) return null
  return (
    <aside class={`drawer ${selected === undefined ? 'drawer-idle' : ''}`} aria-label={t.hood}>
      <header class="drawer-head">
        <h2>{t.hood}</h2>
        <button
          type="button"
          class="top-key"
          aria-label={t.close}
          onClick={selected === undefined ? close : () => select(undefined)}
        >
          <Icon name="close" size={20} />
        </button>
      </header>
      {selected === undefined && <p class="hood-none">{t.hoodPick}</p>}
      {wire && (
        <div class="drawer-scroll">
          <p class="hood-id">
            {t.messageId} <code>{wire.messageId}</code>
          </p>
          <States states={wire.states} />
          <Requests requests={wire.requests} />
          <Callbacks callbacks={wire.callbacks} />
        </div>
      )}
    </aside>
  )
}

function useWire(messageId: string | undefined): WireView | undefined {
  const [wire, setWire] = useState<WireView | undefined>(undefined)
  useEffect(() => {
    setWire(undefined)
    if (messageId === undefined) return
    let current = true
    const look = (): void => {
      operator.getWire(messageId).then(
        (found) => current && setWire((old) => (JSON.stringify(old) === JSON.stringify(found) ? old : found)),
        () => undefined,
      )
    }
    look()
    const timer = setInterval(look, lookAgainMs)
    return () => {
      current = false
      clearInterval(timer)
    }
  }, [messageId])
  return wire
}
