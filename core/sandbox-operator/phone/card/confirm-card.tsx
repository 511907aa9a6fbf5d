import type { SealedView, SuggestionView } from '../../src/views.ts'
import { useText } from '../desk/preferences.tsx'
import { Icon } from '../draw/icon.tsx'
import { findWordsFor } from '../draw/spoken-language.ts'
import type { OnTap } from './card-actions.tsx'
import { SealedNote, SealedPayee, SealedRows, resultIcon } from './sealed-rows.tsx'

interface ConfirmCardProps {
  readonly sealed: SealedView
  readonly actions: readonly SuggestionView[]
  readonly onTap: OnTap
}

/** The bank's question: the amount first, then to whom, from where, at what cost, and what will happen. */
export function ConfirmCard({ sealed, actions, onTap }: ConfirmCardProps) {
  const { action, amount, rate, outcome, answer } = sealed
  const chosen = actions.find(({ index }) => index === answer)
  return (
    <div class="sealed" data-testid="confirm-card">
      <div class="sealed-top">
        <h2 class={amount === undefined && rate === undefined ? 'question-title' : 'sealed-action'}>{action}</h2>
        {amount !== undefined && <p class="sealed-amount">{amount}</p>}
        {rate !== undefined && <SealedRate rate={rate} />}
        <SealedPayee sealed={sealed} />
      </div>
      <SealedRows rows={sealed.rows} />
      {!outcome && <SealedNote note={sealed.note} />}
      {outcome && <Stripe kind={outcome.kind} words={outcome.title} />}
      {!outcome && chosen && <ChosenStripe label={chosen.label} />}
      {!outcome && !chosen && <ConfirmButtons actions={actions} onTap={onTap} />}
    </div>
  )
}

/** Nobody may borrow without having seen what it costs by the year, in letters as large as the amount's. */
function SealedRate({ rate }: { readonly rate: NonNullable<SealedView['rate']> }) {
  const [kind = '', ...others] = rate.more.split('/').map((part) => part.trim())
  return (
    <p class="sealed-rate">
      <span>{rate.label}</span>
      <strong>{rate.value}</strong>
      <span>{kind}</span>
      {others.map((other) => (
        <span key={other} class="sealed-rate-other">
          {other}
        </span>
      ))}
    </p>
  )
}

interface StripeProps {
  readonly kind: keyof typeof resultIcon | 'chosen'
  readonly words: string
}

/** What became of the question stands where its buttons stood. */
function Stripe({ kind, words }: StripeProps) {
  return (
    <p class={`stripe stripe-${kind}`} role="status">
      <Icon name={kind === 'chosen' ? 'check' : resultIcon[kind]} size={18} />
      {words}
    </p>
  )
}

function ChosenStripe({ label }: { readonly label: string }) {
  const { chosen } = findWordsFor(label, useText())
  return <Stripe kind="chosen" words={chosen.replace('{label}', label)} />
}

/** The first reply confirms, the others step back from it. */
function ConfirmButtons({ actions, onTap }: Omit<ConfirmCardProps, 'sealed'>) {
  return (
    <div class={`confirm ${actions.length > 2 ? 'confirm-many' : ''}`}>
      {actions.map((action, place) => (
        <button
          key={action.index}
          type="button"
          class={`confirm-button ${place === 0 ? 'confirm-yes' : 'confirm-no'}`}
          onClick={() => onTap(action)}
        >
          {action.label}
        </button>
      ))}
    </div>
  )
}
