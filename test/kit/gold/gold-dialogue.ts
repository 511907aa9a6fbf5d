import {
  defineContract,
  defineFlow,
  definePlugin,
  hours,
  minutes,
  need,
  secretSchema,
  text,
  textMessage,
  z,
  type Content,
  type ContextOf,
  type StepOf,
} from '@inthread/sdk'
import { orderSummarySchema, paymentDesk } from '@inthread/sdk/capabilities'
import type { Plugin } from '@inthread/sdk/engine'
import { goldSaving } from './gold-saving.ts'

const plain = (chinese: string, english: string) => text({}, { 'zh-CN': chinese, en: english })

const contract = defineContract({
  id: 'gold-dialogue',
  publisher: 'river-bank',
  version: '1.0.0',
  host: '^0.1',
  locales: ['zh-CN', 'en'],
  title: { 'zh-CN': '积存金', en: 'Gold saving' },
  config: z.strictObject({}),
  provides: goldSaving,
  needs: {
    desk: need(paymentDesk, { range: '^1', purpose: { 'zh-CN': '向银行提交购买', en: 'to hand orders to the bank' } }),
  },
  texts: {
    askCode: text(
      { destination: 'text' },
      { 'zh-CN': '金库验证码已发送到 {{destination}}，请输入。', en: 'A code was sent to {{destination}}: type it.' },
    ),
    bought: text(
      { number: 'text', amount: 'money' },
      { 'zh-CN': '黄金已存入，{{amount}}，单号 {{number}}', en: 'Gold is saved: {{amount}}, order {{number}}' },
      { keep: ['number', 'amount'] },
    ),
    checking: plain('银行正在核对，请勿重复购买。', 'The bank is checking: do not buy again.'),
    refused: plain('没有购买，没有扣款。', 'Nothing was bought and nothing was taken.'),
  },
  collections: {},
})

const input = z.strictObject({ order: z.string() })
const slots = z
  .strictObject({
    summary: orderSummarySchema,
    method: z.string(),
    destination: z.string(),
    code: secretSchema,
    result: z.enum(['succeeded', 'declined']),
  })
  .partial()
type Slots = z.infer<typeof slots>
type Input = z.infer<typeof input>
type Context = ContextOf<typeof contract, Slots, Input>
type Step = StepOf<typeof contract, Slots, 'end', Input>

const order = ({ input: { order: id } }: Context): Input => ({ order: id })
const say = (message: (context: Context) => Content): Step => ({ kind: 'say', message, next: 'end' })

const buy = defineFlow(contract, {
  id: 'buy',
  revision: 1,
  input,
  state: slots,
  start: 'prepare',
  steps: {
    prepare: {
      kind: 'call',
      need: 'desk',
      operation: 'prepare',
      input: order,
      on: {
        ready: { to: 'confirm', set: ({ methods, order: summary }) => ({ summary, method: methods[0]?.id }) },
        declined: 'sayRefused',
        expired: 'sayRefused',
        unknown: 'sayRefused',
      },
    },
    confirm: {
      kind: 'confirm',
      order: ({ input: { order: id } }) => id,
      method: ({ state }) => state.method ?? '',
      on: { confirmed: 'challenge', cancelled: 'end', expired: 'sayRefused' },
    },
    challenge: {
      kind: 'call',
      need: 'desk',
      operation: 'challenge',
      input: order,
      on: {
        sent: { to: 'askCode', set: ({ destination }) => ({ destination }) },
        page: 'sayRefused',
        verified: 'submit',
        declined: 'sayRefused',
        expired: 'sayRefused',
        unknown: 'sayRefused',
      },
    },
    askCode: {
      kind: 'ask',
      slot: 'code',
      confidential: true,
      shape: { digits: 6 },
      prompt: ({ t, state }) => textMessage(t('askCode', { destination: state.destination ?? '' })),
      retries: 2,
      timeout: { afterMs: minutes(2), to: 'sayRefused' },
      next: 'answer',
    },
    answer: {
      kind: 'call',
      need: 'desk',
      operation: 'answer',
      input: ({ input: { order: id }, state }) => ({ order: id, code: state.code ?? { secret: '' } }),
      on: {
        verified: 'submit',
        wrong: { to: 'askCode', set: () => ({ code: undefined }) },
        locked: 'sayRefused',
        expired: 'sayRefused',
        unknown: 'sayRefused',
      },
    },
    submit: {
      kind: 'call',
      need: 'desk',
      operation: 'submit',
      input: order,
      on: {
        succeeded: 'sayBought',
        accepted: 'sayChecking',
        declined: 'sayRefused',
        expired: 'sayRefused',
        unknown: 'sayChecking',
      },
    },
    sayChecking: { kind: 'say', message: ({ t }) => textMessage(t('checking')), next: 'waitForBank' },
    waitForBank: {
      kind: 'wait',
      need: 'desk',
      event: 'settled',
      limitMs: hours(30),
      on: { happened: { to: 'decided', set: ({ result }) => ({ result }) }, limit: 'end' },
    },
    decided: {
      kind: 'branch',
      when: [{ is: ({ state }) => state.result === 'succeeded', to: 'sayBought' }],
      otherwise: 'sayRefused',
    },
    sayBought: say(({ t, state: { summary } }) =>
      textMessage(summary ? t('bought', { number: summary.number, amount: summary.amount }) : t('checking')),
    ),
    sayRefused: say(({ t }) => textMessage(t('refused'))),
    end: { kind: 'end' },
  },
})

/** The bank's side of gold saving: confirm, code, result. */
export const goldDialogue: Plugin = definePlugin(contract, { flows: [buy], dialogues: { buy } })
