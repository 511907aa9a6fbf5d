import { useEffect, useState } from 'preact/hooks'
import type { PhoneView } from '../../src/views.ts'
import { operator } from '../live/operator-calls.ts'
import type { PhoneSwitches } from '../live/operator-calls.ts'
import { normalisePhone, renderPhone } from './address.ts'
import { useText } from './preferences.tsx'

interface NumberPickerProps {
  readonly phone: string
  readonly onPhone: (phone: string) => void
}

const otherValue = 'other'

/** Whose phone this is: one of the operator's numbers, or any other. */
export function NumberPicker({ phone, onPhone }: NumberPickerProps) {
  const t = useText()
  const known = useKnownPhones()
  const [typing, setTyping] = useState(false)
  if (typing)
    return <OtherNumber onPhone={(next) => (setTyping(false), onPhone(next))} onCancel={() => setTyping(false)} />
  const numbers = [...new Set([...known.map((each) => each.phone), phone])]
  const choose = (value: string): void => (value === otherValue ? setTyping(true) : onPhone(value))
  return (
    <select class="field" aria-label={t.number} value={phone} onChange={(event) => choose(event.currentTarget.value)}>
      {numbers.map((number) => (
        <option key={number} value={number}>
          {renderPhone(number)}
        </option>
      ))}
      <option value={otherValue}>{t.otherNumber}</option>
    </select>
  )
}

function useKnownPhones(): readonly PhoneSwitches[] {
  const [phones, setPhones] = useState<readonly PhoneSwitches[]>([])
  useEffect(() => {
    operator.listPhones().then(
      (answer) => setPhones(answer.phones),
      () => undefined,
    )
  }, [])
  return phones
}

interface OtherNumberProps {
  readonly onPhone: (phone: string) => void
  readonly onCancel: () => void
}

function OtherNumber({ onPhone, onCancel }: OtherNumberProps) {
  const t = useText()
  const [text, setText] = useState('+86')
  const phone = normalisePhone(text)
  const submit = (event: Event): void => {
    event.preventDefault()
    if (phone) onPhone(phone)
  }
  return (
    <form class="other-number" onSubmit={submit}>
      <input
        class="field"
        type="tel"
        value={text}
        title={t.numberShape}
        aria-label={t.otherNumber}
        aria-invalid={!phone}
        autofocus
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Escape' && onCancel()}
      />
      <button type="submit" class="button" disabled={!phone}>
        {t.useNumber}
      </button>
    </form>
  )
}

/** Whether 5G messages reach this phone, and whether it is on at all. */
export function PhoneSwitchKeys({ view }: { readonly view: PhoneView | undefined }) {
  const t = useText()
  if (!view) return null
  const { phone, fiveG, on } = view
  const set = (change: Partial<PhoneSwitches>): void => void operator.setPhone({ phone, fiveG, on, ...change })
  return (
    <div class="switches">
      <Switch label={t.fiveG} checked={fiveG} onChange={(next) => set({ fiveG: next })} />
      <Switch label={t.power} checked={on} onChange={(next) => set({ on: next })} />
    </div>
  )
}

interface SwitchProps {
  readonly label: string
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
}

function Switch({ label, checked, onChange }: SwitchProps) {
  return (
    <button type="button" role="switch" class="switch" aria-checked={checked} onClick={() => onChange(!checked)}>
      {label}
      <span class="switch-track" aria-hidden="true" />
    </button>
  )
}
