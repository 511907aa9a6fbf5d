import type { ChatbotView } from '../../src/views.ts'
import { useText } from '../desk/preferences.tsx'
import { Avatar } from '../draw/avatar.tsx'
import { Icon, VerifiedMark } from '../draw/icon.tsx'
import type { IconName } from '../draw/icon.tsx'

interface InfoPageProps {
  readonly chatbot: ChatbotView
  readonly onBack: () => void
}

/** Who this chatbot is and who runs it. */
export function InfoPage({ chatbot, onBack }: InfoPageProps) {
  const t = useText()
  const { serviceNumber, provider, address, phone, website, terms } = chatbot
  return (
    <div class="screen info-screen">
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
          <Fact icon="code" label="Chatbot ID" value={chatbot.chatbotId} />
        </dl>
      </div>
    </div>
  )
}

/** A chatbot as it introduces itself. */
export function ChatbotCard({ chatbot }: { readonly chatbot: ChatbotView }) {
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
}

function Fact({ icon, label, value, link = false }: FactProps) {
  if (!value) return null
  const opens = link && /^https?:\/\//.test(value)
  return (
    <div class="fact">
      <Icon name={icon} size={20} />
      <div>
        <dt>{label}</dt>
        <dd>
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
