import type { MessageView } from '../../src/views.ts'
import type { OnTap } from '../card/card-actions.tsx'
import { useHood } from '../drawer/hood.tsx'
import { usePreferences, useText } from '../desk/preferences.tsx'
import { Icon } from '../draw/icon.tsx'
import { findSpokenLanguage } from '../draw/spoken-language.ts'
import { renderClock } from '../draw/time.ts'
import { MessageBody } from './message-body.tsx'
import { CopyCode } from './copy-code.tsx'
import { findCode } from './sms-code.ts'
import { Ticks, findProgress } from './ticks.tsx'

interface MessageItemProps {
  readonly message: MessageView
  readonly kind: 'chatbot' | 'sms'
  /** Whether the time stands under it: only the last before a pause has it. */
  readonly closes: boolean
  readonly onTap: OnTap
}

export function MessageItem({ message, kind, closes, onTap }: MessageItemProps) {
  const { language, hood } = usePreferences()
  const { direction, at } = message
  const code = kind === 'sms' && direction === 'in' ? findCode(message.text ?? '') : undefined
  const progress = direction === 'out' ? findProgress(message.states) : undefined
  const trouble = progress === 'retrying' || progress === 'failed'
  return (
    <li class={`message message-${direction}`} data-message-id={message.id}>
      <div class="message-line">
        <div class="message-body" lang={findSpokenLanguage(listWords(message))}>
          <MessageBody message={message} onTap={onTap} />
        </div>
        {progress && !trouble && <Ticks progress={progress} />}
        {hood && <HoodButton messageId={message.id} />}
      </div>
      {code !== undefined && <CopyCode code={code} />}
      {(closes || trouble) && (
        <div class="message-meta">
          <time dateTime={at}>{renderClock(language, new Date(at))}</time>
          {progress && trouble && <Ticks progress={progress} />}
        </div>
      )}
    </li>
  )
}

function listWords({ text, card, carousel, suggestions }: MessageView): string {
  const cards = [...(card ? [card] : []), ...(carousel?.cards ?? [])]
  const labels = suggestions.map(({ label }) => label)
  return [text, ...cards.flatMap(({ title, description }) => [title, description]), ...labels].join(' ')
}

function HoodButton({ messageId }: { readonly messageId: string }) {
  const t = useText()
  const { selected, select } = useHood()
  const chosen = selected === messageId
  return (
    <button
      type="button"
      class={`hood-button ${chosen ? 'is-chosen' : ''}`}
      aria-label={t.hoodOf}
      aria-pressed={chosen}
      onClick={() => select(chosen ? undefined : messageId)}
    >
      <Icon name="code" size={15} />
    </button>
  )
}
