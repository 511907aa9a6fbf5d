import type { SealedView, SuggestionView } from '../../src/views.ts'
import { useText } from '../desk/preferences.tsx'
import { Icon } from '../draw/icon.tsx'
import type { OnTap } from './card-actions.tsx'
import { SealedNote, SealedPayee, SealedRows, resultIcon } from './sealed-rows.tsx'

interface ConfirmCardProps {
  readonly sealed: SealedView
  readonly actions: readonly SuggestionView[]
  readonly onTap: OnTap
}

/** The bank's question: the amount first, then to whom, from where, at what cost, and what will happen. */
export function ConfirmCard({ sealed, actions, onTap }: ConfirmCardProps) {
  const t = useText()
  const { action, amount, outcome } = sealed
  return (
    <div class="sealed" data-testid="confirm-card">
      <div class="sealed-top">
        <h3 class="sealed-action">{action}</h3>
        {amount !== undefined && <p class="sealed-amount">{amount}</p>}
        <SealedPayee sealed={sealed} accountLabel={t.account} />
      </div>
      <SealedRows rows={sealed.rows} />
      {!outcome && <SealedNote note={sealed.note} />}
      {outcome ? (
        <p class={`stripe stripe-${outcome.kind}`} role="status">
          <Icon name={resultIcon[outcome.kind]} size={18} />
          {outcome.title}
        </p>
      ) : (
        <ConfirmButtons actions={actions} onTap={onTap} />
      )}
    </div>
  )
}

/** The first reply confirms, the others step back from it. */
function ConfirmButtons({ actions, onTap }: Omit<ConfirmCardProps, 'sealed'>) {
  const t = useText()
  const chosen = actions.find(({ used }) => used)
  return (
    <div class={`confirm ${chosen ? 'is-answered' : ''}`}>
      {actions.map((action, place) => (
        <button
          key={action.index}
          type="button"
          class={`confirm-button ${place === 0 ? 'confirm-yes' : 'confirm-no'} ${action.used ? 'is-used' : ''}`}
          onClick={() => onTap(action)}
        >
          {action.used && <Icon name="check" size={18} />}
          {action.label}
          {action.used && <span class="sr-only">{t.used}</span>}
        </button>
      ))}
      {chosen && (
        <p class="confirm-wait" role="status">
          {chosen === actions[0] ? t.waitingBank : t.cancelSent}
        </p>
      )}
    </div>
  )
}
