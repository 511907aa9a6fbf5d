import type { ComponentChildren } from 'preact'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { Drawer } from '../drawer/drawer.tsx'
import { HoodProvider } from '../drawer/hood.tsx'
import { useLivePhone } from '../live/use-phone.ts'
import { readAddress, renderPhone } from './address.ts'
import { DeviceFrame } from './device-frame.tsx'
import { NumberPicker, PhoneSwitchKeys } from './number-picker.tsx'
import { PhoneApp } from './phone-app.tsx'
import { PreferencesProvider, usePreferences, useRemembered, useText } from './preferences.tsx'
import { SettingsSheet } from './settings-sheet.tsx'
import { ViewTools } from './view-tools.tsx'

const firstPhone = '+8613800000001'
const secondPhone = '+8613800000002'
const wideScreen = '(min-width: 900px)'

export function App() {
  return (
    <PreferencesProvider>
      <HoodProvider>
        <Stage />
      </HoodProvider>
    </PreferencesProvider>
  )
}

/** One phone that fills a small screen, one or two on a desk where there is room. */
function Stage() {
  const address = useMemo(readAddress, [])
  const wide = useMatch(wideScreen)
  const [first, setFirst] = useRemembered<string>('first', firstPhone)
  const [second, setSecond] = useRemembered<string>('second', secondPhone)
  const [asked, setAsked] = useState(address.phone)
  const chat = address.chat === undefined ? {} : { chat: address.chat }
  const single = { phone: asked ?? first, onPhone: asked ? setAsked : setFirst, ...chat }
  return (
    <>
      {!wide && <FullPhone {...single} />}
      {wide && (
        <Desk single={address.phone !== undefined}>
          <FramedPhone {...single} />
          {!address.phone && <FramedPhone phone={second} onPhone={setSecond} {...chat} />}
        </Desk>
      )}
      <Drawer />
    </>
  )
}

interface PhoneProps {
  readonly phone: string
  readonly onPhone: (phone: string) => void
  readonly chat?: string
}

function FullPhone({ phone, onPhone, chat }: PhoneProps) {
  const live = useLivePhone(phone)
  const tools = <SettingsSheet phone={phone} view={live.view} onPhone={onPhone} />
  return (
    <main class="full-phone">
      <PhoneApp key={phone} live={live} tools={tools} {...(chat === undefined ? {} : { chat })} />
    </main>
  )
}

function FramedPhone({ phone, onPhone, chat }: PhoneProps) {
  const live = useLivePhone(phone)
  return (
    <div class="place">
      <div class="place-head">
        <NumberPicker phone={phone} onPhone={onPhone} />
        <PhoneSwitchKeys view={live.view} />
      </div>
      <DeviceFrame live={live} label={renderPhone(phone)}>
        <PhoneApp key={phone} live={live} {...(chat === undefined ? {} : { chat })} />
      </DeviceFrame>
    </div>
  )
}

interface DeskProps {
  readonly single: boolean
  readonly children: ComponentChildren
}

function Desk({ single, children }: DeskProps) {
  const t = useText()
  const { hood } = usePreferences()
  return (
    <div class={`desk ${hood ? 'desk-with-drawer' : ''}`}>
      <header class="desk-head">
        <div>
          <h1>{t.sandboxPhones}</h1>
          {!single && <p>{t.sandboxHint}</p>}
        </div>
        <ViewTools />
      </header>
      <main class="desk-phones">{children}</main>
    </div>
  )
}

function useMatch(query: string): boolean {
  const [matches, setMatches] = useState(() => matchMedia(query).matches)
  useEffect(() => {
    const list = matchMedia(query)
    const note = (): void => setMatches(list.matches)
    list.addEventListener('change', note)
    return () => list.removeEventListener('change', note)
  }, [query])
  return matches
}
