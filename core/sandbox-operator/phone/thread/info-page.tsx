import { useRef } from 'preact/hooks'
import type { ChatbotView } from '../../src/views.ts'
import { useText } from '../desk/preferences.tsx'
import { Avatar } from '../draw/avatar.tsx'
import { Icon, VerifiedMark } from '../draw/icon.tsx'
import type { IconName } from '../draw/icon.tsx'
import { useFocusInside } from '../draw/use-focus-inside.ts'

interface InfoPageProps {
  readonly chatbot: ChatbotView
  readonly onBack: () => void
}

/** Who this chatbot is and who runs it; over its thread, which stays as it was left. */
export function InfoPage({ chatbot, onBack }: InfoPageProps) {
  const t = useText()
  const box = useRef<HTMLElement>(null)
  useFocusInside(box, (page) => page)
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') onBack()
  }
  const { serviceNumber, provider, address, phone, website, terms } = chatbot
  return (
    <section ref={box} class="screen info-screen" aria-label={t.information} tabIndex={-1} onKeyDown={onKeyDown}>
      <header class="top-bar">
        <button type="button" class="top-key" aria-label={t.back} onClick={onBack}>
          <Icon name="back" size={24} />
        </button>
        <span class="top-plain">{t.information}</span>
      </header>
      <div class="info-scroll">
        <ChatbotCard chatbot={chatbot} />
        <dl class="info-list">
          <Fact icon="compose" label={t.serviceNumber} value={serviceNumber} />
          <Fact icon="shield" label={t.provider} value={provider} />
          <Fact icon="map" label={t.address} value={address} />
          <Fact icon="dial" label={t.phone} value={phone} />
          <Fact icon="open" label={t.website} value={website} link />
          <Fact icon="info" label={t.terms} value={terms} link />
          <Fact icon="code" label={t.chatbotId} value={chatbot.chatbotId} small />
        </dl>
      </div>
    </section>
  )
}

/** What stands in a thread in which nothing was said yet: with whom, and how to begin. */
export function Introduction({ chatbot, canWrite }: { readonly chatbot: ChatbotView; readonly canWrite: boolean }) {
  const t = useText()
  return (
    <>
      <ChatbotCard chatbot={chatbot} />
      {canWrite && <p class="intro-hint">{chatbot.menu.length > 0 ? t.beginWithMenu : t.begin}</p>}
    </>
  )
}

/** A chatbot as it introduces itself. */
function ChatbotCard({ chatbot }: { readonly chatbot: ChatbotView }) {
  const t = useText()
  const { name, logo, verified, description } = chatbot
  return (
    <div class="info-head">
      <Avatar name={name} size={84} {...(logo ? { logo } : {})} />
      <h1>{name}</h1>
      {verified && (
        <p class="info-verified">
          <VerifiedMark label={t.verified} size={17} />
          {t.verifiedBy}
        </p>
      )}
      {description && <p class="info-about">{description}</p>}
    </div>
  )
}

interface FactProps {
  readonly icon: IconName
  readonly label: string
  readonly value: string | undefined
  readonly link?: boolean
  readonly small?: boolean
}

function Fact({ icon, label, value, link = false, small = false }: FactProps) {
  if (!value) return null
  const opens = link && /^https?:\/\//.test(value)
  return (
    <div class="fact">
      <Icon name={icon} size={20} />
      <div>
        <dt>{label}</dt>
        <dd class={small ? 'fact-small' : ''}>
          {opens ? (
            <a href={value} target="_blank" rel="noopener noreferrer">
              {value}
            </a>
          ) : (
            value
          )}
        </dd>
      </div>
    </div>
  )
}
