import { expect, it } from 'vitest'
import { consumerLoan } from '../capabilities.ts'
import {
  collection,
  defineContract,
  defineFlow,
  definePlugin,
  holdSchema,
  hours,
  intent,
  minutes,
  money,
  need,
  text,
  textMessage,
  z,
} from '../index.ts'
import { openThread } from './stage.ts'

const contract = defineContract({
  id: 'bikes',
  publisher: 'somebody',
  version: '1.0.0',
  host: '^0.1',
  locales: ['en'],
  title: { en: 'Bicycles' },
  config: z.strictObject({}),
  needs: { loan: need(consumerLoan, { range: '^1', purpose: { en: 'to pay for a bicycle' } }) },
  collections: {
    bikes: collection(z.strictObject({ name: z.string(), pieces: z.number().int() }), {
      key: 'name',
      counters: { pieces: { capacity: 'pieces' } },
    }),
  },
  texts: { ends: text({ how: 'text' }, { en: 'Ends: {{how}}' }) },
})

const ends = (how: string) => ({ to: 'say', set: () => ({ how }) }) as const

const buy = defineFlow(contract, {
  id: 'buy',
  revision: 1,
  input: z.strictObject({}),
  state: z.strictObject({ hold: holdSchema, how: z.string() }).partial(),
  start: 'keep',
  steps: {
    keep: {
      kind: 'reserve',
      from: 'bikes',
      counter: 'pieces',
      of: () => ({ key: 'red' }),
      holdMs: minutes(15),
      on: { held: { to: 'pay', set: (hold) => ({ hold }) }, none_left: ends('none') },
    },
    pay: {
      kind: 'call',
      need: 'loan',
      operation: 'finance',
      input: () => ({ product: 'consumer-loan', amount: money('900.00', 'CNY'), purpose: 'bicycle' }),
      on: {
        succeeded: 'take',
        pending: 'wait',
        declined: ends('declined'),
        cancelled: ends('cancelled'),
        expired: ends('expired'),
        unknown: 'wait',
      },
    },
    wait: {
      kind: 'wait',
      need: 'loan',
      event: 'settled',
      limitMs: hours(72),
      on: { happened: 'take', limit: ends('late') },
    },
    take: {
      kind: 'take',
      hold: ({ state }) => state.hold ?? { id: '', unit: 0, until: 0 },
      on: { taken: ends('taken'), lapsed: ends('lapsed') },
    },
    say: { kind: 'say', message: ({ t, state }) => textMessage(t('ends', { how: state.how ?? '' })), next: 'end' },
    end: { kind: 'end' },
  },
})

const plugin = definePlugin(contract, {
  flows: [buy],
  intents: { buy: intent({ flow: buy, title: { en: 'Buy' }, words: { en: ['bike'] }, input: {} }) },
})

it('keeps what a scene holds while a loan that is signed is being paid out', () => {
  const stage = openThread(plugin, { documents: { bikes: [{ name: 'red', pieces: 1 }] } })
  stage.user.says('bike')
  stage.bank.answers('pending', { receipt: 'R-1' })
  stage.clock.advance(hours(1))
  stage.others.lapse()
  expect(stage.holds()).toMatchObject([{ state: 'committing' }])
  stage.bank.settles({ result: 'succeeded', receipt: 'R-1' })
  stage.bot.said('Ends: taken')
})

it('lets it run out once the bank has said no after all', () => {
  const stage = openThread(plugin, { documents: { bikes: [{ name: 'red', pieces: 1 }] } })
  stage.user.says('bike')
  stage.bank.answers('pending', { receipt: 'R-1' })
  stage.clock.advance(hours(1))
  stage.bank.settles({ result: 'declined', reason: 'declined' })
  stage.bot.said('Ends: lapsed')
})
