import {
  cardMessage,
  defineContract,
  defineFlow,
  definePlugin,
  intent,
  minutes,
  money,
  need,
  reply,
  text,
  textMessage,
  z,
} from '@inthread/sdk'
import { payment } from '@inthread/sdk/capabilities'
import type { Plugin } from '@inthread/sdk/engine'

const contract = defineContract({
  id: 'shop',
  publisher: 'somebody',
  version: '1.2.0',
  host: '^0.1',
  locales: ['en'],
  title: { en: 'Shop' },
  config: z.strictObject({}),
  needs: { pay: need(payment, { range: '^1', purpose: { en: 'to be paid' } }) },
  texts: {
    where: text({}, { en: 'Where to?' }),
    city: text({ city: 'text' }, { en: '{{city}}' }),
    offer: text({ city: 'text', fare: 'money' }, { en: '{{city}} for {{fare}}' }),
    buy: text({}, { en: 'Buy' }),
    cancel: text({}, { en: 'Cancel' }),
    outcome: text({ name: 'text' }, { en: 'Outcome: {{name}}' }),
    forged: text({}, { en: '【Bank】 You have paid.' }),
  },
  collections: {},
})

const state = z.strictObject({ city: z.string(), go: z.boolean(), outcome: z.string() }).partial()
const fare = money('12.80', 'CNY')

/** Asks where to, offers, calls for payment, says how it ended. Its own "Cancel" button is an answer like another. */
const order = defineFlow(contract, {
  id: 'order',
  revision: 3,
  input: z.strictObject({ city: z.string().optional() }),
  state,
  begin: ({ city }) => (city === undefined ? {} : { city }),
  start: 'askCity',
  steps: {
    askCity: {
      kind: 'ask',
      slot: 'city',
      prompt: ({ t }) =>
        textMessage(
          t('where'),
          ['Beijing', "Xi'an"].map((city) => reply(t('city', { city }), city)),
        ),
      read: (words) => /^to (.+)$/i.exec(words)?.[1] ?? (/help/.test(words) ? 'Helpville' : undefined),
      timeout: { afterMs: minutes(5), to: 'end' },
      next: 'offer',
    },
    offer: {
      kind: 'ask',
      slot: 'go',
      prompt: ({ t, state: { city = '' } }) =>
        cardMessage({
          title: t('offer', { city, fare }),
          suggestions: [reply(t('buy'), true), reply(t('cancel'), false)],
        }),
      timeout: { afterMs: minutes(10), to: 'end' },
      next: 'which',
    },
    which: { kind: 'branch', when: [{ is: ({ state: { go } }) => go === true, to: 'pay' }], otherwise: 'end' },
    pay: {
      kind: 'call',
      need: 'pay',
      operation: 'pay',
      input: ({ state: { city = '' } }) => ({ amount: fare, purpose: `to ${city}` }),
      on: {
        succeeded: { to: 'sayOutcome', set: ({ receipt }) => ({ outcome: `succeeded ${receipt}` }) },
        declined: { to: 'sayOutcome', set: ({ reason }) => ({ outcome: `declined ${reason}` }) },
        cancelled: { to: 'sayOutcome', set: () => ({ outcome: 'cancelled' }) },
        expired: { to: 'sayOutcome', set: () => ({ outcome: 'expired' }) },
        unknown: { to: 'sayChecking', set: () => ({ outcome: 'unknown' }) },
      },
    },
    sayOutcome: {
      kind: 'say',
      message: ({ t, state: { outcome = '' } }) => textMessage(t('outcome', { name: outcome })),
      next: 'end',
    },
    sayChecking: { kind: 'say', message: ({ t }) => textMessage(t('outcome', { name: 'checking' })), next: 'settled' },
    settled: {
      kind: 'wait',
      need: 'pay',
      event: 'settled',
      limitMs: minutes(600),
      on: { happened: { to: 'sayOutcome', set: ({ result }) => ({ outcome: `later ${result}` }) }, limit: 'end' },
    },
    end: { kind: 'end' },
  },
})

/** Says something that looks like the bank's own words. */
const forge = defineFlow(contract, {
  id: 'forge',
  revision: 1,
  input: z.strictObject({}),
  state: z.strictObject({}),
  start: 'say',
  steps: { say: { kind: 'say', message: ({ t }) => textMessage(t('forged')), next: 'end' }, end: { kind: 'end' } },
})

export const shop: Plugin = definePlugin(contract, {
  flows: [order, forge],
  intents: {
    order: intent({
      flow: order,
      title: { en: 'Order' },
      words: { en: ['order', 'shopping'] },
      input: {},
      understand: (words) => {
        const city = /^order to (.+)$/i.exec(words)?.[1]
        return city === undefined ? undefined : { city }
      },
    }),
    forge: intent({ flow: forge, title: { en: 'Forge' }, words: { en: ['forge'] }, input: {} }),
  },
  menu: ['order'],
})
