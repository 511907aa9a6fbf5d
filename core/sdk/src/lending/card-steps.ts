import { cardMessage, reply, textMessage, type Content } from '../message/content.ts'
import { hours } from '../time.ts'
import type { CreditContext } from './credit-cards.ts'
import { say, type CreditSteps } from './credit-names.ts'

type Names = 'findCard' | 'readCard' | 'askActivate' | 'activateChosen' | 'activate' | 'sayActive' | 'sayActivateLater'

/** A card that was signed for is issued at once; it pays as soon as the user has activated it. */
export const cardSteps: CreditSteps<Names> = {
  findCard: {
    kind: 'call',
    need: 'activation',
    operation: 'cards',
    input: () => ({}),
    on: {
      listed: {
        to: 'readCard',
        set: ({ items }) => ({ card: items.find(({ state }) => state === 'card_issued')?.id ?? '-' }),
      },
      declined: 'sayActivateLater',
      unknown: 'sayActivateLater',
    },
  },
  readCard: {
    kind: 'call',
    need: 'activation',
    operation: 'card',
    input: ({ state }) => ({ card: state.card ?? '-' }),
    on: {
      issued: { to: 'askActivate', set: ({ mask, activation }) => ({ mask, activation: activation.id }) },
      active: 'sayActive',
      declined: 'sayActivateLater',
      unknown: 'sayActivateLater',
    },
  },
  askActivate: {
    kind: 'ask',
    slot: 'activates',
    prompt: askActivate,
    timeout: { afterMs: hours(1), to: 'sayActivateLater' },
    next: 'activateChosen',
  },
  activateChosen: {
    kind: 'branch',
    when: [{ is: ({ state }) => state.activates === 'yes', to: 'activate' }],
    otherwise: 'sayActivateLater',
  },
  activate: {
    kind: 'call',
    need: 'activation',
    operation: 'activate',
    input: ({ state }) => ({ card: state.card ?? '-', quote: state.activation ?? '-' }),
    on: {
      succeeded: 'end',
      declined: 'sayActivateLater',
      cancelled: 'sayActivateLater',
      expired: 'sayActivateLater',
      unknown: 'end',
    },
  },
  sayActive: say(({ t }) => textMessage(t('active'))),
  sayActivateLater: say(({ t }) => textMessage(t('notActive'))),
}

function askActivate({ t, state }: CreditContext): Content<'yes' | 'no'> {
  return cardMessage({
    title: t('activateTitle', { mask: state.mask ?? '' }),
    description: t('activateBody'),
    suggestions: [reply(t('activate'), 'yes' as const), reply(t('activateLater'), 'no' as const)],
  })
}
