import type { BankOutcome, NumberCheck, NumberCheckRequest } from '@inthread/sdk/bank'
import { instantToIso } from '@inthread/sdk/time'
import { buildOutcome } from '../outcome.ts'
import type { Exchange } from '../transport/exchange.ts'
import { numberCheckSchema } from './resources.ts'

/** Asks whether a number is still held by the same person. A word that we do not know is no "same". */
export async function runNumberCheck(
  exchange: Exchange,
  { key, phone, since }: NumberCheckRequest,
): Promise<BankOutcome<NumberCheck>> {
  const body = { phone, since: instantToIso(since) }
  const answer = await exchange({ method: 'POST', path: ['v1', 'number-checks'], key, body })
  return buildOutcome(answer, {
    asked: 'reading',
    schema: numberCheckSchema,
    read: ({ result }): BankOutcome<NumberCheck> => ({
      kind: 'done',
      value: { result: result === 'same' || result === 'reassigned' ? result : 'unknown' },
    }),
  })
}
