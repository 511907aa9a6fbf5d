import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { useText } from '../desk/preferences.tsx'
import { Icon } from '../draw/icon.tsx'

interface ComposerProps {
  readonly draft: string
  readonly placeholder: string
  /** Grows whenever the user calls for the keyboard. */
  readonly turns: number
  readonly onDraft: (draft: string) => void
  /** The user is about to write: a menu that arrives now must not take the keyboard away. */
  readonly onBegin: () => void
  readonly onSend: (text: string) => void
  /** Shows the key that brings the menu back; absent where there is no menu. */
  readonly onMenu?: () => void
}

const tallestPx = 132

export function Composer({ draft, placeholder, turns, onDraft, onBegin, onSend, onMenu }: ComposerProps) {
  const t = useText()
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    const element = field.current
    if (!element) return
    element.style.height = 'auto'
    element.style.height = `${Math.min(element.scrollHeight, tallestPx)}px`
  }, [draft])
  useLayoutEffect(() => {
    if (turns > 0) field.current?.focus({ preventScroll: true })
  }, [turns])
  const send = (): void => {
    const text = draft.trim()
    if (text === '') return
    onSend(text)
    field.current?.focus()
  }
  // Enter also ends the choice of a character in Chinese input; then it must not send.
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    send()
  }
  return (
    <div class="composer">
      {onMenu && (
        <button type="button" class="bar-key" aria-label={t.menu} onClick={onMenu}>
          <Icon name="grid" size={21} />
        </button>
      )}
      <textarea
        ref={field}
        class="composer-field"
        rows={1}
        maxLength={2000}
        value={draft}
        placeholder={placeholder}
        aria-label={placeholder}
        onInput={(event) => onDraft(event.currentTarget.value)}
        onFocus={onBegin}
        onKeyDown={onKeyDown}
      />
      <button type="button" class="send" aria-label={t.send} disabled={draft.trim() === ''} onClick={send}>
        <Icon name="send" size={20} />
      </button>
    </div>
  )
}
