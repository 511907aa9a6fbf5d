import { defineFlow, hours, money, reply, textMessage, z, type ContextOf, type StepOf } from '@inthread/sdk'
import { contract } from './till-contract.ts'

const slots = z
  .strictObject({ receipt: z.string(), answer: z.enum(['back', 'keep']), result: z.enum(['succeeded', 'declined']) })
  .partial()
type Slots = z.infer<typeof slots>
type Step = StepOf<typeof contract, Slots, 'end', Record<string, never>>
type Words = 'kept' | 'notSold' | 'refunded' | 'notRefunded'

const say = (name: Words): Step => ({
  kind: 'say',
  message: ({ t }: ContextOf<typeof contract, Slots>) => textMessage(t(name)),
  next: 'end',
})

/** Tea is paid, and given back if the user likes: the whole price in two halves would be two refunds, so it is one. */
export const teaFlow = defineFlow(contract, {
  id: 'tea',
  revision: 1,
  input: z.strictObject({}),
  state: slots,
  start: 'pay',
  steps: {
    pay: {
      kind: 'call',
      need: 'pay',
      operation: 'pay',
      input: () => ({ amount: money('12.00', 'CNY'), purpose: '茶' }),
      on: {
        succeeded: { to: 'askBack', set: ({ receipt }) => ({ receipt }) },
        declined: 'sayNotSold',
        cancelled: 'sayNotSold',
        expired: 'sayNotSold',
        unknown: 'waitPaid',
      },
    },
    waitPaid: {
      kind: 'wait',
      need: 'pay',
      event: 'settled',
      limitMs: hours(24),
      on: { happened: { to: 'paid', set: ({ result, receipt }) => ({ result, receipt }) }, limit: 'end' },
    },
    paid: {
      kind: 'branch',
      when: [{ is: ({ state }) => state.result === 'succeeded', to: 'askBack' }],
      otherwise: 'sayNotSold',
    },
    askBack: {
      kind: 'ask',
      slot: 'answer',
      prompt: ({ t }) => textMessage(t('tea'), [reply(t('giveBack'), 'back'), reply(t('keep'), 'keep')]),
      timeout: { afterMs: hours(24), to: 'end' },
      next: 'decide',
    },
    decide: {
      kind: 'branch',
      when: [{ is: ({ state }) => state.answer === 'back', to: 'giveBack' }],
      otherwise: 'sayKept',
    },
    giveBack: {
      kind: 'call',
      need: 'pay',
      operation: 'refund',
      input: ({ state: { receipt = '' } }) => ({ receipt, amount: money('5.00', 'CNY'), reason: '退货' }),
      on: { succeeded: 'sayRefunded', declined: 'sayNotRefunded', unknown: 'sayOpen' },
    },
    sayOpen: { kind: 'say', message: ({ t }) => textMessage(t('refundOpen')), next: 'waitRefunded' },
    waitRefunded: {
      kind: 'wait',
      need: 'pay',
      event: 'settled',
      limitMs: hours(24),
      on: { happened: { to: 'refunded', set: ({ result }) => ({ result }) }, limit: 'end' },
    },
    refunded: {
      kind: 'branch',
      when: [{ is: ({ state }) => state.result === 'succeeded', to: 'sayRefunded' }],
      otherwise: 'sayNotRefunded',
    },
    sayKept: say('kept'),
    sayNotSold: say('notSold'),
    sayRefunded: say('refunded'),
    sayNotRefunded: say('notRefunded'),
    end: { kind: 'end' },
  },
})
