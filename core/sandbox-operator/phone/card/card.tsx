import type { CardView, SuggestionView } from '../../src/views.ts'
import { LongText } from '../draw/long-text.tsx'
import { CardActions } from './card-actions.tsx'
import type { OnTap } from './card-actions.tsx'
import { MediaBox } from './media-box.tsx'

interface CardProps {
  readonly card: CardView
  readonly actions: readonly SuggestionView[]
  readonly onTap: OnTap
}

/** A merchant's card: picture, title of two lines, description that folds, actions. */
export function Card({ card, actions, onTap }: CardProps) {
  const { title, description, media, orientation, imageAlignment = 'LEFT' } = card
  const sideways = orientation === 'HORIZONTAL' && media !== undefined
  return (
    <article class={`card ${sideways ? `card-sideways card-${imageAlignment.toLowerCase()}` : ''}`}>
      <div class="card-content">
        {media && <MediaBox media={media} />}
        {(title !== undefined || description !== undefined) && (
          <div class="card-body">
            {title !== undefined && <h2 class={`card-title ${renderFonts(card.titleStyle)}`}>{title}</h2>}
            {description !== undefined && (
              <LongText text={description} lines={8} class={`card-text ${renderFonts(card.descriptionStyle)}`} />
            )}
          </div>
        )}
      </div>
      {actions.length > 0 && <CardActions actions={actions} onTap={onTap} />}
    </article>
  )
}

function renderFonts(styles: readonly string[]): string {
  return styles.map((style) => `font-${style}`).join(' ')
}
