import {
  defineContract,
  defineFlow,
  definePlugin,
  minutes,
  need,
  secretSchema,
  text,
  textMessage,
  z,
} from '@inthread/sdk'
import { payment, paymentDesk } from '@inthread/sdk/capabilities'
import type { Plugin } from '@inthread/sdk/engine'

const contract = defineContract({
  id: 'till',
  publisher: 'somebody',
  version: '2.0.0',
  host: '^0.1',
  locales: ['en'],
  title: { en: 'Till' },
  config: z.strictObject({}),
  provides: payment,
  needs: { desk: need(paymentDesk, { range: '^1', purpose: { en: 'to hand payments over' } }) },
  texts: {
    code: text({ destination: 'text' }, { en: 'The code sent to {{destination}}?' }),
    wrong: text({}, { en: 'Wrong.' }),
    ended: text({ how: 'text' }, { en: 'Ended: {{how}}' }),
  },
  collections: {},
})

const state = z.strictObject({ code: secretSchema, destination: z.string(), how: z.string() }).partial()
const order = ({ input }: { readonly input: { readonly order: string } }): { order: string } => ({ order: input.order })
const ended = (how: string) => ({ to: 'sayEnded', set: () => ({ how }) }) as const

/** A bank's dialogue in little: confirm, code, result. */
const pay = defineFlow(contract, {
  id: 'pay',
  revision: 1,
  input: z.strictObject({ order: z.string() }),
  state,
  start: 'confirm',
  steps: {
    confirm: {
      kind: 'confirm',
      order: ({ input }) => input.order,
      method: () => 'm1',
      on: { confirmed: 'challenge', cancelled: 'end', expired: 'sayExpired' },
    },
    sayExpired: { kind: 'say', message: ({ t }) => textMessage(t('ended', { how: 'too late' })), next: 'end' },
    challenge: {
      kind: 'call',
      need: 'desk',
      operation: 'challenge',
      input: order,
      on: {
        sent: { to: 'askCode', set: ({ destination }) => ({ destination }) },
        page: ended('unreachable'),
        verified: 'submit',
        declined: ended('declined'),
        expired: ended('expired'),
        unknown: ended('unreachable'),
      },
    },
    askCode: {
      kind: 'ask',
      slot: 'code',
      confidential: true,
      shape: { digits: 6 },
      prompt: ({ t, state: { destination = '' } }) => textMessage(t('code', { destination })),
      timeout: { afterMs: minutes(2), to: 'sayExpired' },
      next: 'answer',
    },
    answer: {
      kind: 'call',
      need: 'desk',
      operation: 'answer',
      input: ({ input, state: { code } }) => ({ order: input.order, code: code ?? { secret: '' } }),
      on: {
        verified: 'submit',
        wrong: { to: 'sayWrong', set: () => ({ code: undefined }) },
        locked: ended('locked'),
        expired: ended('expired'),
        unknown: ended('unreachable'),
      },
    },
    sayWrong: { kind: 'say', message: ({ t }) => textMessage(t('wrong')), next: 'askCode' },
    submit: {
      kind: 'call',
      need: 'desk',
      operation: 'submit',
      input: order,
      on: {
        succeeded: ended('paid'),
        accepted: ended('accepted'),
        declined: ended('refused'),
        expired: ended('expired'),
        unknown: ended('checking'),
      },
    },
    sayEnded: { kind: 'say', message: ({ t, state: { how = '' } }) => textMessage(t('ended', { how })), next: 'end' },
    end: { kind: 'end' },
  },
})

export const till: Plugin = definePlugin(contract, { flows: [pay], dialogues: { pay } })
