import type { ComponentChildren } from 'preact'
import { usePreferences, useText } from '../desk/preferences.tsx'
import { Icon } from '../draw/icon.tsx'

interface SealProps {
  readonly name: string
  /** `card` for forms, `text` for plain words. */
  readonly shape: 'card' | 'text'
  readonly children: ComponentChildren
}

/**
 * The bank's voice inside a partner's thread: its mark, its name and the seal line. This is the only place that draws
 * them, and it is only reached for messages the operator recognised as the bank's.
 */
export function Seal({ name, shape, children }: SealProps) {
  const t = useText()
  const { language } = usePreferences()
  return (
    <article class={`seal seal-${shape}`} data-testid="bank-seal">
      <header class="seal-head">
        <span class="seal-mark">
          <Icon name="bank" size={15} />
        </span>
        <span class="seal-name">{name}</span>
        <span class="seal-line" title={t.sealLabel} lang={language}>
          <Icon name="shield" size={14} />
          {t.fromBank}
        </span>
      </header>
      {children}
    </article>
  )
}
