import type { MessageView, SealedView, SuggestionView } from '../../src/views.ts'
import { Card } from '../card/card.tsx'
import type { OnTap } from '../card/card-actions.tsx'
import { Carousel } from '../card/carousel.tsx'
import { ConfirmCard } from '../card/confirm-card.tsx'
import { QuestionCard } from '../card/question-card.tsx'
import { ResultCard } from '../card/result-card.tsx'
import { Seal } from '../card/seal.tsx'
import { LongText } from '../draw/long-text.tsx'
import { Bubble } from './bubble.tsx'

interface MessageBodyProps {
  readonly message: MessageView
  readonly onTap: OnTap
}

/** Draws what a message says in the manner of who says it. */
export function MessageBody({ message, onTap }: MessageBodyProps) {
  const { speaker, direction, text } = message
  if (direction === 'out') return <Bubble text={text ?? ''} side="out" />
  if (speaker?.party === 'bank') return <BankBody message={message} name={speaker.name} onTap={onTap} />
  return (
    <>
      {speaker?.party === 'platform' && <p class="caption">{speaker.name}</p>}
      {text !== undefined && <Bubble text={text} side="in" />}
      <Cards message={message} onTap={onTap} />
    </>
  )
}

function Cards({ message, onTap }: MessageBodyProps) {
  const { card, carousel } = message
  const actions = listCardActions(message)
  return (
    <>
      {card && <Card card={card} actions={actions} onTap={onTap} />}
      {carousel && <Carousel carousel={carousel} actions={actions} onTap={onTap} />}
    </>
  )
}

function BankBody({ message, name, onTap }: MessageBodyProps & { readonly name: string }) {
  const { sealed, text, carousel } = message
  const actions = listCardActions(message)
  if (sealed) {
    const Form = findForm(sealed)
    return (
      <Seal name={name} shape="card">
        <Form sealed={sealed} actions={actions} onTap={onTap} />
      </Seal>
    )
  }
  return (
    <>
      <Seal name={name} shape="text">
        {text !== undefined && <LongText text={text} lines={12} class="seal-text" />}
      </Seal>
      {carousel && <Carousel carousel={carousel} actions={actions} onTap={onTap} />}
    </>
  )
}

/** Only what names its terms can be confirmed; without them it is a choice. */
function findForm({ asks, payee, rows }: SealedView) {
  if (!asks) return ResultCard
  return payee === undefined && rows.length === 0 ? QuestionCard : ConfirmCard
}

function listCardActions({ suggestions }: MessageView): SuggestionView[] {
  return suggestions.filter(({ place }) => place === 'card')
}
