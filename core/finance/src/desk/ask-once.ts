import type { BankConnection } from '@inthread/sdk/bank'
import { writeWire } from '@inthread/sdk/capabilities'
import { Fault } from '@inthread/sdk/fault'
import { canonicalJson } from '@inthread/sdk/json'
import { deriveId } from '@inthread/store'
import type { FinancePorts } from '../ports.ts'
import { beginOnce, releaseOnce } from '../products/once.store.ts'
import { buildProduct, runAsk, type Asking } from './ask-bank.ts'
import type { DeskAnswer } from './effect.ts'

/**
 * Asks for what each user has once. The reference follows from the user and from what they ask for, and is kept before
 * the bank hears of it: another tap, also one that another process carries out, finds it there. It asks the bank under
 * the same key, and hears how the first asking stands.
 */
export async function askOnce(asking: Asking, bank: BankConnection, ports: FinancePorts): Promise<DeskAnswer> {
  const ref = deriveRef(asking)
  const product = buildProduct({ ...asking, once: { ref, again: false } }, {}, ports.clock.now())
  const held = await ports.store.write('desk.once', (tx) => beginOnce(tx, product))
  const again = held.run_id !== asking.effect.runId
  const answer = await runAsk({ ...asking, once: { ref, again } }, bank, ports)
  return {
    ...answer,
    record: async (tx) => {
      await answer.record(tx)
      await releaseOnce(tx, product)
    },
  }
}

function deriveRef({ effect, bankId, capability, subscriberId, route, input }: Asking): string {
  const members = Object.entries(typeof input === 'object' && input !== null ? input : {})
  const named = (route.once?.per ?? []).map((name) => {
    const value: unknown = members.find(([member]) => member === name)?.[1]
    if (value === undefined)
      throw new Fault('order.input_refused', { data: { operation: effect.operation, field: name } })
    return value
  })
  return deriveId(subscriberId, 'once', canonicalJson([bankId, capability, effect.operation, writeWire(named) ?? null]))
}
