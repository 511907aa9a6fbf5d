import { Fault, z, type ContextOf, type StepOf } from '@inthread/sdk'
import { billSchema, declineReasons } from '@inthread/sdk/capabilities'
import { accountSchema, serviceSchema, type Service } from '../catalogue.ts'
import type { contract } from '../contract.ts'

export const inputSchema = z.strictObject({ biller: z.string().optional() })

export type Bill = z.infer<typeof billSchema>

export const payState = z
  .strictObject({
    biller: z.string(),
    services: z.array(serviceSchema),
    saved: z.array(accountSchema),
    /** Full; what is shown is its end. */
    number: z.string(),
    /** The biller did not know the last one. */
    strange: z.boolean(),
    /** All that is owed for this account, when it is more than one bill. */
    bills: z.array(billSchema),
    bill: billSchema,
    /** The amount that the user has seen last. */
    shown: z.string(),
    decision: z.enum(['pay', 'again', 'no']),
    receipt: z.string(),
    /** Debited, and not acknowledged by the biller yet. */
    debited: z.boolean(),
    paid: z.boolean(),
    retry: z.enum(['again', 'later']),
    reason: z.enum([...declineReasons, 'cancelled', 'expired']),
  })
  .partial()

export type PayState = z.infer<typeof payState>

export type FindStep =
  | 'readServices'
  | 'offers'
  | 'askService'
  | 'sayNotOffered'
  | 'readSaved'
  | 'askAccount'
  | 'known'
  | 'askNumber'
  | 'query'
  | 'several'
  | 'askBill'
  | 'sayNothingOwed'
  | 'sayNoAnswer'
  | 'sayLater'
  | 'end'

export type MoneyStep =
  | 'judge'
  | 'sayMoved'
  | 'show'
  | 'askAgain'
  | 'decided'
  | 'queryAgain'
  | 'moved'
  | 'pay'
  | 'sayDebited'
  | 'sayChecking'
  | 'wait'
  | 'settled'
  | 'keep'
  | 'sayPaid'
  | 'notPaid'
  | 'sayGivenBack'
  | 'sayNotPaid'
  | 'askRetry'
  | 'sayStillOpen'
  | 'retried'

export type PayStep = StepOf<typeof contract, PayState, FindStep | MoneyStep, z.infer<typeof inputSchema>>
export type PayContext = ContextOf<typeof contract, PayState, z.infer<typeof inputSchema>>

function missing(what: string): Fault {
  return new Fault('platform.unexpected', { data: { step: `utility/pay: ${what}` } })
}

export function findService({ services, biller }: PayState): Service | undefined {
  return services?.find((service) => service.biller === biller)
}

export function getService(state: PayState): Service {
  const service = findService(state)
  if (!service) throw missing('service')
  return service
}

export function getBill({ bill }: PayState): Bill {
  if (!bill) throw missing('bill')
  return bill
}
