import { setTimeout as pause } from 'node:timers/promises'
import type { TestDatabase } from '../databases.ts'
import { applyTenant } from '../definition.ts'
import { buyTicket } from '../purchase.ts'
import { openSandbox, type Sandbox } from '../sandbox.ts'
import type { Known } from './arbitrary-input.ts'
import { clearFilled, digestTenant, fillTenant, listOwnNames, type Named } from './tenant-rows.store.ts'

export const [own, other, nobody] = ['southern-rail', 'northern-rail', 'no-such-rail'] as const

/** Two tenants of one house with the same bots, plugins and banks, each with something in every table. */
export interface Neighbours {
  readonly sandbox: Sandbox
  /** What only the other one has. */
  readonly names: readonly Named[]
  /** What calls about the own tenant may name. */
  readonly known: Known
  /** Leaves only what came about by itself. */
  clear(): Promise<void>
  stop(): Promise<void>
}

export async function openNeighbours(database: TestDatabase): Promise<Neighbours> {
  const sandbox = await openSandbox({ database })
  await applyTenant(sandbox.api, other, (definition) => {
    definition.tenant['id'] = own
    Object.assign(definition.operators[0] ?? {}, { chatbotId: 'sip:106900000077@botplatform.rcs.vnet.cn', appId: own })
    Object.assign(definition.banks[0] ?? {}, { clientId: own })
  })
  await buyTicket(sandbox.phone('+8613800000001'))
  const { store } = sandbox.house
  const filled = [...(await fillTenant(store, own)), ...(await fillTenant(store, other))]
  await untilStill(sandbox)
  return {
    sandbox,
    names: await listOwnNames(store, other, [own]),
    known: await listKnown(sandbox),
    clear: () => clearFilled(store, filled),
    stop: () => sandbox.stop(),
  }
}

/** Until what was under way has ended. */
async function untilStill({ house }: Sandbox): Promise<void> {
  for (let before = '', tries = 0; tries < 100; tries += 1) {
    const now = JSON.stringify([await digestTenant(house.store, own), await digestTenant(house.store, other)])
    if (now === before) return
    before = now
    await pause(300)
  }
  throw new Error('the house did not come to rest')
}

/** What the fields of inputs are called, and the own tenant's things of that name. */
async function listKnown({ house }: Sandbox): Promise<Known> {
  const names = await listOwnNames(house.store, own, [other])
  const find = (what: string): readonly string[] => names.filter((each) => each.what === what).map(({ name }) => name)
  return {
    tenant: [own],
    bot: ['rail'],
    plugin: ['travel'],
    bank: ['main'],
    collection: ['trains'],
    range: ['^1'],
    definition: [{ tenant: { id: own } }],
    email: ['olive@example.com'],
    role: ['owner:southern-rail', 'auditor'],
    scopes: [['tenant.read'], 'tenant.read'],
    currency: ['CNY'],
    order: find('bank_order.id'),
    conversation: find('conversation.id'),
    case: find('desk_case.id'),
    break: find('break_item.id'),
    consent: find('consent.id'),
    subscriber: find('subscriber.id'),
    proposal: find('proposal.id'),
    id: find('proposal.id'),
  }
}

export { digestTenant }
