import type { SuggestionView } from '../../src/views.ts'
import { useText } from '../desk/preferences.tsx'
import { Icon } from '../draw/icon.tsx'
import type { IconName } from '../draw/icon.tsx'

export const kindIcon: Readonly<Record<SuggestionView['kind'], IconName>> = {
  reply: 'reply',
  open: 'open',
  dial: 'dial',
  map: 'map',
  calendar: 'calendar',
  compose: 'compose',
  device: 'device',
  settings: 'settings',
}

export type OnTap = (suggestion: SuggestionView) => void

/** Full-width rows under a card. Used ones look used and can still be tapped: handsets send late taps, too. */
export function CardActions({
  actions,
  onTap,
}: {
  readonly actions: readonly SuggestionView[]
  readonly onTap: OnTap
}) {
  const t = useText()
  const anyUsed = actions.some(({ used }) => used)
  return (
    <div class="card-actions">
      {actions.map((action) => (
        <button
          key={action.index}
          type="button"
          class={`card-action ${action.used ? 'is-used' : anyUsed ? 'is-past' : ''}`}
          onClick={() => onTap(action)}
        >
          <Icon name={action.used ? 'check' : kindIcon[action.kind]} size={18} />
          <span class="card-action-label">{action.label}</span>
          {action.used && <span class="sr-only">{t.used}</span>}
        </button>
      ))}
    </div>
  )
}
