import type { CarouselView, SuggestionView } from '../../src/views.ts'
import { useText } from '../desk/preferences.tsx'
import { Sideways } from '../draw/sideways.tsx'
import { Card } from './card.tsx'
import type { OnTap } from './card-actions.tsx'

interface CarouselProps {
  readonly carousel: CarouselView
  readonly actions: readonly SuggestionView[]
  readonly onTap: OnTap
}

/** Cards of equal height that snap; the next one looks in at the edge. */
export function Carousel({ carousel, actions, onTap }: CarouselProps) {
  const t = useText()
  const narrow = carousel.width === 'SMALL_WIDTH'
  return (
    <Sideways class={`carousel ${narrow ? 'carousel-small' : ''}`} label={t.carousel} focusable>
      {carousel.cards.map((card, place) => (
        <Card key={place} card={card} actions={actions.filter((each) => each.card === place)} onTap={onTap} />
      ))}
    </Sideways>
  )
}
