import { IconCalendar, IconExternalLink, IconMapPin, IconPhone, type Icon } from '@tabler/icons-react'
import type { Act, Message } from '../simulator/simulator.ts'

interface Props {
  readonly message: Message
  readonly sms: boolean
  readonly act: (act: Act) => void
}

/** A message of the bot's, with buttons that can be tapped however old they are: a late tap is answered too. */
export function PhoneMessage({ message, sms, act }: Props) {
  const { text, cards, buttons, voice, number } = message
  const tap = (label: string): void => act({ does: 'taps', label, message: number })
  const below = buttons.filter(({ card }) => card === null)
  return (
    <div className={`phone-message phone-${voice}`}>
      {text !== null && <div className={sms ? 'phone-bubble phone-sms' : 'phone-bubble'}>{text}</div>}
      {cards.length > 0 && (
        <ul className="phone-cards">
          {cards.map(({ title, description }, index) => (
            <li key={index} className="phone-card">
              <strong>{title}</strong>
              {description !== null && <p>{description}</p>}
              <Buttons buttons={buttons.filter(({ card }) => card === index)} tap={tap} />
            </li>
          ))}
        </ul>
      )}
      <Buttons buttons={below} tap={tap} chips />
    </div>
  )
}

interface ButtonsProps {
  readonly buttons: Message['buttons']
  readonly tap: (label: string) => void
  readonly chips?: boolean
}

function Buttons({ buttons, tap, chips = false }: ButtonsProps) {
  if (buttons.length === 0) return null
  return (
    <div className={chips ? 'phone-chips' : 'phone-card-buttons'}>
      {buttons.map(({ label, kind }) => (
        <button key={label} type="button" onClick={() => tap(label)}>
          <ButtonIcon kind={kind} />
          {label}
        </button>
      ))}
    </div>
  )
}

const icons: Readonly<Record<string, Icon>> = {
  open: IconExternalLink,
  dial: IconPhone,
  place: IconMapPin,
  event: IconCalendar,
}

function ButtonIcon({ kind }: { readonly kind: string }) {
  const Shown = icons[kind]
  return Shown ? <Shown size={14} aria-hidden /> : null
}
