import { z } from '@inthread/sdk'
import { givenBack } from './give-back.ts'
import { ticketSchema } from './ticket.ts'

export const returnState = z
  .strictObject({
    ticket: ticketSchema,
    /** The same ticket at the moment of the decision. */
    fresh: ticketSchema,
    decision: z.enum(['yes', 'no']),
    result: givenBack,
  })
  .partial()
