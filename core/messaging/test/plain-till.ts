import { defineContract, defineFlow, definePlugin, need, text, textMessage, z } from '@inthread/sdk'
import { payment, paymentDesk } from '@inthread/sdk/capabilities'
import type { Plugin } from '@inthread/sdk/engine'

/** A bank's dialogue that hands its order over at once, says that the bank has spoken, and ends. */
export const plainTill: Plugin = buildTill()

function buildTill(): Plugin {
  const desk = defineContract({
    ...{ id: 'till', publisher: 'somebody', version: '2.0.0', host: '^0.1', locales: ['en'], title: { en: 'Till' } },
    config: z.strictObject({}),
    provides: payment,
    needs: { desk: need(paymentDesk, { range: '^1', purpose: { en: 'to hand payments over' } }) },
    texts: { ended: text({}, { en: 'The bank has decided.' }) },
    collections: {},
  })
  const pay = defineFlow(desk, {
    id: 'pay',
    revision: 1,
    input: z.strictObject({ order: z.string() }),
    state: z.strictObject({}),
    start: 'submit',
    steps: {
      submit: {
        kind: 'call',
        need: 'desk',
        operation: 'submit',
        input: ({ input }) => ({ order: input.order }),
        on: { succeeded: 'say', accepted: 'say', declined: 'say', expired: 'say', unknown: 'say' },
      },
      say: { kind: 'say', message: ({ t }) => textMessage(t('ended')), next: 'end' },
      end: { kind: 'end' },
    },
  })
  return definePlugin(desk, { flows: [pay], dialogues: { pay } })
}
