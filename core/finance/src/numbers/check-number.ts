import type { BankConnection } from '@inthread/sdk/bank'
import { confirmBinding, deriveId, findBinding, listNumbers, type BoundSubscriber } from '@inthread/store'
import { reverifyConsents } from '../consents/consent.store.ts'
import type { FinancePorts } from '../ports.ts'
import { closeNumber } from './close-number.store.ts'

export interface NumberInUse extends BoundSubscriber {
  readonly bankId: string
  /** Of whatever is about to be done: a repetition asks the same question. */
  readonly key: string
}

/** `unsure`: the carrier cannot tell at the moment, so nothing is done that only the right person may do. */
export type NumberVerdict = 'sure' | 'unsure' | 'reassigned'

/**
 * Before money or data: whether whoever writes is still the one whose number it was. Asked only when the number was
 * silent for so long that it may have been given to somebody else.
 */
export async function checkNumber(
  number: NumberInUse,
  bank: BankConnection,
  ports: Pick<FinancePorts, 'store' | 'sealer' | 'clock' | 'ids' | 'log'>,
): Promise<NumberVerdict> {
  const { store, sealer, clock } = ports
  const now = clock.now()
  const { binding, numbers } = await store.read('number.binding', async (reader) => ({
    binding: await findBinding(reader, number, now),
    numbers: await listNumbers(reader, [number], sealer),
  }))
  // Without an open binding there is no number to go to the bank with, and nothing to check.
  if (binding?.state !== 'stale') return 'sure'
  const phone = numbers.get(number.subscriberId)
  if (phone === undefined) return 'unsure'
  const since = binding.seenAt
  const answer = await bank.numberCheck({ key: deriveId(binding.id, 'check', number.key), phone, since })
  const result = answer.kind === 'done' ? answer.value.result : 'unknown'
  ports.log.event('number.checked', { bank: number.bankId, result })
  if (result === 'unknown') return 'unsure'
  await store.write('number.checked', async (tx) => {
    if (result === 'reassigned') return void (await closeNumber(tx, { ...number, now }, ports))
    await confirmBinding(tx, number, now)
    await reverifyConsents(tx, { ...number, now }, ports)
  })
  return result === 'same' ? 'sure' : 'reassigned'
}
