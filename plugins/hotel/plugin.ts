import { definePlugin, reaction, type z } from '@inthread/sdk'
import { contract, type ticketedSchema } from './contract.ts'
import { offerFlow } from './offer-flow.ts'
import { refundFlow } from './refund-flow.ts'

export default definePlugin(contract, {
  flows: [offerFlow, refundFlow],
  reactions: { ticketed: reaction({ flow: offerFlow, input: (data: z.infer<typeof ticketedSchema>) => data }) },
})
