import { useState } from 'preact/hooks'
import type { PhoneView } from '../../src/views.ts'
import { Icon } from '../draw/icon.tsx'
import { Sheet } from '../draw/sheet.tsx'
import { NumberPicker, PhoneSwitchKeys } from './number-picker.tsx'
import { useText } from './preferences.tsx'
import { ViewTools } from './view-tools.tsx'

interface SettingsSheetProps {
  readonly phone: string
  readonly view: PhoneView | undefined
  readonly onPhone: (phone: string) => void
}

/** On a small screen there is no desk around the phone: what stands there is in this sheet. */
export function SettingsSheet({ phone, view, onPhone }: SettingsSheetProps) {
  const t = useText()
  const [open, setOpen] = useState(false)
  return (
    <>
      <button type="button" class="top-key" aria-label={t.settings} onClick={() => setOpen(true)}>
        <Icon name="settings" size={23} />
      </button>
      {open && (
        <Sheet label={t.settings} class="sheet-settings" onClose={() => setOpen(false)}>
          <h2>{t.settings}</h2>
          <NumberPicker phone={phone} onPhone={onPhone} />
          <PhoneSwitchKeys view={view} />
          <ViewTools />
          <button type="button" class="sheet-done" onClick={() => setOpen(false)}>
            {t.done}
          </button>
        </Sheet>
      )}
    </>
  )
}
