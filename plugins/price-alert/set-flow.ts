import { defineFlow, minutes, reply, shorten, textMessage, z, type ContextOf } from '@inthread/sdk'
import { about, contract, splitPriced } from './contract.ts'

const priced = z.strictObject({ id: z.string(), name: z.string(), price: z.string() })
const slots = z
  .strictObject({
    prices: z.array(priced),
    one: priced,
    price: z.string(),
    direction: z.enum(['above', 'below']),
    /** The bank knows this number. */
    linked: z.boolean(),
  })
  .partial()
type Context = ContextOf<typeof contract, z.infer<typeof slots>>

const patience = { timeout: { afterMs: minutes(15), to: 'end' }, giveUp: 'left' } as const
const none = { id: '-', name: '', price: '0' }
const say = (text: 'tooMany' | 'notSet' | 'cannotLook' | 'notLinked' | 'left' | 'unreachable' | 'unsure') =>
  ({ kind: 'say', message: ({ t }: Context) => textMessage(t(text)), next: 'end' }) as const

const unitWords = '(?:元|块钱?|yuan|cny|rmb)?\\s*(?:(?:\\/|每|一|per\\s|an?\\s)\\s*(?:克|份|g|gram|share))?'
const priceWords = new RegExp(
  `^(涨|升|高|跌|降|低)?[到至于]?\\s*¥?\\s*([0-9,]+(?:\\.[0-9]{1,4})?)\\s*${unitWords}$`,
  'i',
)

interface Priced {
  readonly price: string
  /** The words say that it is to rise, or to fall. */
  readonly side: 'above' | 'below' | undefined
}

/** 800, ¥1,000.5, 800元/克, 涨到８００块, 800 yuan a gram */
function readPriced(words: string): Priced | undefined {
  const [, side, digits = ''] =
    priceWords.exec(
      words
        .normalize('NFKC')
        .trim()
        .replace(/[。.!]$/u, ''),
    ) ?? []
  const price = /^[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?$/.test(digits) ? digits.replaceAll(',', '') : digits
  if (!/^(?:0|[1-9][0-9]{0,6})(?:\.[0-9]{1,4})?$/.test(price)) return undefined
  return { price, side: side === undefined ? undefined : /[涨升高]/.test(side) ? 'above' : 'below' }
}

/** In ten-thousandths. */
function countPrice(price: string): bigint {
  const [whole = '0', rest = ''] = price.split('.')
  return BigInt(`${whole}${rest.padEnd(4, '0')}`)
}

const sideOf = (price: string, current: string) =>
  countPrice(price) > countPrice(current) ? ('above' as const) : ('below' as const)

/** The price of now says nothing about a direction, and a rise to less is a slip: both are asked for again. */
export function readTarget(words: string, current: string): string | undefined {
  const { price, side } = readPriced(words) ?? {}
  const now = readPriced(current)?.price
  if (price === undefined || now === undefined) return undefined
  if (countPrice(price) === 0n || countPrice(price) === countPrice(now)) return undefined
  return side === undefined || side === sideOf(price, now) ? price : undefined
}

const isLinked = ({ reason }: { readonly reason: string }) => ({ linked: reason !== 'not_linked' })

export const setFlow = defineFlow(contract, {
  id: 'set',
  revision: 3,
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
        declined: { to: 'whyNone', set: isLinked },
        unknown: 'unreachable',
      },
    },
    whyNone: {
      kind: 'branch',
      when: [{ is: ({ state }) => state.linked === false, to: 'notLinked' }],
      otherwise: 'cannotLook',
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
          direction: sideOf(price, one.price),
        }),
      },
    },
    set: {
      kind: 'call',
      need: 'watch',
      operation: 'set',
      input: ({ state: { one = none, price = '1', direction = 'above' } }) => ({ product: one.id, direction, price }),
      on: {
        watching: 'isSet',
        too_many: 'tooMany',
        declined: { to: 'whyNotSet', set: isLinked },
        unknown: 'unsure',
      },
    },
    whyNotSet: {
      kind: 'branch',
      when: [{ is: ({ state }) => state.linked === false, to: 'notLinked' }],
      otherwise: 'notSet',
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
    cannotLook: say('cannotLook'),
    notLinked: say('notLinked'),
    left: say('left'),
    unreachable: say('unreachable'),
    unsure: say('unsure'),
    end: { kind: 'end' },
  },
})
