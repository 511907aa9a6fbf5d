import { defineFlow, minutes, reply, shorten, textMessage, z, type ContextOf } from '@inthread/sdk'
import { about, contract, splitPriced } from './contract.ts'

const priced = z.strictObject({ id: z.string(), name: z.string(), price: z.string() })
const slots = z
  .strictObject({ prices: z.array(priced), one: priced, price: z.string(), direction: z.enum(['above', 'below']) })
  .partial()
type Context = ContextOf<typeof contract, z.infer<typeof slots>>

const patience = { timeout: { afterMs: minutes(15), to: 'end' }, giveUp: 'end' } as const
const none = { id: '-', name: '', price: '0' }
const say = (text: 'tooMany' | 'notSet' | 'unreachable' | 'unsure') =>
  ({ kind: 'say', message: ({ t }: Context) => textMessage(t(text)), next: 'end' }) as const

/** In ten-thousandths; undefined for what is no price. */
function countPrice(words: string): bigint | undefined {
  const found = /^[¥￥]?\s*(0|[1-9][0-9]{0,6})(?:\.([0-9]{1,4}))?\s*元?$/.exec(words.trim())
  return found ? BigInt(`${found[1] ?? '0'}${(found[2] ?? '').padEnd(4, '0')}`) : undefined
}

/** The price of now says nothing about a direction: it is asked for again. */
export function readTarget(words: string, current: string): string | undefined {
  const [wanted, now] = [countPrice(words), countPrice(current)]
  if (wanted === undefined || wanted === 0n || wanted === now) return undefined
  return words
    .trim()
    .replace(/^[¥￥]\s*/, '')
    .replace(/\s*元$/, '')
}

export const setFlow = defineFlow(contract, {
  id: 'set',
  revision: 2,
  input: z.strictObject({}),
  state: slots,
  start: 'prices',
  steps: {
    prices: {
      kind: 'call',
      need: 'watch',
      operation: 'prices',
      input: () => ({}),
      on: {
        listed: {
          to: 'which',
          set: ({ items }) => ({ prices: items.slice(0, 8).map(({ id, name, price }) => ({ id, name, price })) }),
        },
        declined: 'unreachable',
        unknown: 'unreachable',
      },
    },
    which: {
      kind: 'ask',
      slot: 'one',
      prompt: ({ t, state: { prices = [] } }) =>
        textMessage(
          t('whichPrice'),
          prices.map((one) => reply(t('named', { name: shorten(splitPriced(one.name).name, 25) }), one)),
        ),
      ...patience,
      next: 'howMuch',
    },
    howMuch: {
      kind: 'ask',
      slot: 'price',
      prompt: ({ t, state: { one = none } }) => {
        const { name, price } = about(one.name, one.price)
        return textMessage(t('howMuch', { name, price }))
      },
      read: (words, { state: { one = none } }) => readTarget(words, one.price),
      ...patience,
      next: {
        to: 'set',
        set: (price, { state: { one = none } }) => ({
          price,
          direction:
            (countPrice(price) ?? 0n) > (countPrice(one.price) ?? 0n) ? ('above' as const) : ('below' as const),
        }),
      },
    },
    set: {
      kind: 'call',
      need: 'watch',
      operation: 'set',
      input: ({ state: { one = none, price = '1', direction = 'above' } }) => ({ product: one.id, direction, price }),
      on: { watching: 'isSet', too_many: 'tooMany', declined: 'notSet', unknown: 'unsure' },
    },
    isSet: {
      kind: 'say',
      message: ({ t, state: { one = none, price: wanted = '', direction } }) => {
        const { name, price } = about(one.name, wanted)
        return textMessage(t(direction === 'below' ? 'setBelow' : 'setAbove', { name, price }))
      },
      next: 'end',
    },
    tooMany: say('tooMany'),
    notSet: say('notSet'),
    unreachable: say('unreachable'),
    unsure: say('unsure'),
    end: { kind: 'end' },
  },
})
