import type { SealedView, SuggestionView } from '../../src/views.ts'
import { CardActions } from './card-actions.tsx'
import type { OnTap } from './card-actions.tsx'
import { SealedNote } from './sealed-rows.tsx'

interface QuestionCardProps {
  readonly sealed: SealedView
  readonly actions: readonly SuggestionView[]
  readonly onTap: OnTap
}

/** The bank asks for a choice among equals, such as the account to pay from: nothing is paid by it. */
export function QuestionCard({ sealed, actions, onTap }: QuestionCardProps) {
  return (
    <div class="sealed" data-testid="question-card">
      <div class="sealed-top">
        <h2 class="question-title">{sealed.action}</h2>
        {sealed.amount !== undefined && <p class="result-amount">{sealed.amount}</p>}
      </div>
      <SealedNote note={sealed.note} />
      <CardActions actions={actions} onTap={onTap} />
    </div>
  )
}
