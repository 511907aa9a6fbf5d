import type { BankConnection } from '@inthread/sdk/bank'
import { writeWire } from '@inthread/sdk/capabilities'
import { Fault } from '@inthread/sdk/fault'
import { canonicalJson } from '@inthread/sdk/json'
import { deriveId } from '@inthread/store'
import type { FinancePorts } from '../ports.ts'
import { beginProduct, endAsking } from '../products/asked-product.store.ts'
import { buildProduct, runAsk, type Asking } from './ask-bank.ts'
import type { DeskAnswer } from './effect.ts'

/**
 * Asks for something that will live on at the bank; it is kept here before the bank hears of it. Of what each user has
 * once, the reference follows from the user and from what they ask for: another tap, also one that another process
 * carries out, finds it here, asks the bank under the same key, and hears how the first asking stands.
 */
export async function askProduct(asking: Asking, bank: BankConnection, ports: FinancePorts): Promise<DeskAnswer> {
  const { effect, route } = asking
  const once = route.once !== undefined
  const ref = once ? deriveRef(asking) : effect.effectId
  const named: Asking = { ...asking, product: { ref, once, again: false } }
  const begun = buildProduct(named, {}, ports.clock.now())
  const held = await ports.store.write('desk.product', (tx) => beginProduct(tx, begun))
  const again = held.run_id !== effect.runId
  const answer = await runAsk({ ...named, product: { ref, once, again } }, bank, ports)
  return {
    ...answer,
    record: async (tx) => {
      await answer.record(tx)
      const product = { ...begun, created_at: ports.clock.now() }
      if (!answer.answered) await endAsking(tx, { product, known: !answer.again }, ports)
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
