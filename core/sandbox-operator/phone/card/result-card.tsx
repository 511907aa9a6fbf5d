import type { SealedView, SuggestionView } from '../../src/views.ts'
import { Icon } from '../draw/icon.tsx'
import { CardActions } from './card-actions.tsx'
import type { OnTap } from './card-actions.tsx'
import { SealedNote, SealedPayee, SealedRows, resultIcon } from './sealed-rows.tsx'

interface ResultCardProps {
  readonly sealed: SealedView
  readonly actions: readonly SuggestionView[]
  readonly onTap: OnTap
}

/** What the bank says became of it. */
export function ResultCard({ sealed, actions, onTap }: ResultCardProps) {
  const kind = sealed.result ?? 'other'
  return (
    <div class="sealed" data-testid="result-card">
      <div class="sealed-top sealed-result">
        <span class={`result-mark result-${kind}`}>
          <Icon name={resultIcon[kind]} size={20} />
        </span>
        <div>
          <h2 class="result-title">{sealed.action}</h2>
          {sealed.amount !== undefined && <p class="result-amount">{sealed.amount}</p>}
        </div>
      </div>
      <SealedPayee sealed={sealed} />
      <SealedRows rows={sealed.rows} />
      <SealedNote note={sealed.note} />
      {actions.length > 0 && <CardActions actions={actions} onTap={onTap} />}
    </div>
  )
}
