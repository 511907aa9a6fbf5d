import { money, textMessage } from '@inthread/sdk'
import { amountOf, goalOf, itemOf, noHold, type BuySteps, type PriceNames } from './slots.ts'

/** Whichever way it is paid: what is paid is what it costs now, and the buyer has seen that. */
export const priceSteps: BuySteps<PriceNames> = {
  fresh: {
    kind: 'read',
    from: 'goods',
    by: 'key',
    key: (context) => itemOf(context).id,
    on: {
      found: {
        to: 'judge',
        set: ([{ price, currency, state: stands }], context) => {
          const item = itemOf(context)
          const closed = stands === 'closed'
          if (item.price === price && item.currency === currency) return { before: undefined, closed }
          const unchosen = { way: undefined, remedy: undefined, notHere: undefined, resumes: undefined }
          return { ...unchosen, item: { ...item, price, currency }, before: item.price, closed }
        },
      },
      none: 'closed',
    },
  },
  judge: {
    kind: 'branch',
    when: [
      { is: ({ state }) => state.closed === true, to: 'closed' },
      { is: ({ state }) => state.before !== undefined, to: 'sayMoved' },
      { is: ({ state }) => goalOf(state) === 'parts', to: 'offerParts' },
      { is: ({ state }) => goalOf(state) === 'loan', to: 'finance' },
    ],
    otherwise: 'pay',
  },
  sayMoved: {
    kind: 'say',
    message: (context) => {
      const { price, currency } = itemOf(context)
      const before = money(context.state.before ?? price, currency)
      return textMessage(context.t('priceMoved', { before, amount: amountOf(context) }))
    },
    next: 'ask',
  },
  closed: { kind: 'release', hold: ({ state }) => state.hold ?? noHold, next: 'sayClosed' },
  sayClosed: {
    kind: 'say',
    message: (context) => textMessage(context.t('closed', { name: itemOf(context).name })),
    next: 'end',
  },
}
