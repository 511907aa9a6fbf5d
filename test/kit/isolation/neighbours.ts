import { setTimeout as pause } from 'node:timers/promises'
import type { TestDatabase } from '../databases.ts'
import { applyTenant, type Definition } from '../definition.ts'
import type { Person } from '../people/person.ts'
import { inviteTo, settle } from '../people/settle.ts'
import { buyTicket } from '../purchase.ts'
import { openSandbox, type Sandbox, type SandboxOptions } from '../sandbox.ts'
import type { Known } from './arbitrary-input.ts'
import { digestPeople, listPeopleNames } from './people-rows.store.ts'
import { clearFilled, digestTenant, fillTenant, listOwnNames, type Named } from './tenant-rows.store.ts'

export const [own, other, nobody] = ['southern-rail', 'northern-rail', 'no-such-rail'] as const

/** Two tenants of one house with the same bots, plugins and banks, each with something in every table. */
export interface Neighbours {
  readonly sandbox: Sandbox
  /** What only the other one has. */
  readonly names: readonly Named[]
  /** What calls about the own tenant may name. */
  readonly known: Known
  /** The owner of the own tenant, signed in. */
  readonly owner: Person
  /** Leaves only what came about by itself. */
  clear(): Promise<void>
  stop(): Promise<void>
}

/** What the own tenant's operator has, and the other one's has not. */
export const ownAccount = {
  chatbotId: 'sip:106900000077@botplatform.rcs.vnet.cn',
  appId: own,
  callbackToken: 'southCallback001',
} as const
/** Of the other tenant's customer, who has bought something. */
export const theirNumber = '+8613800000001'

export interface NeighbourOptions extends Pick<SandboxOptions, 'house' | 'environment'> {
  /** What the own tenant has besides. */
  readonly change?: (definition: Definition) => void
}

export async function openNeighbours(database: TestDatabase, options: NeighbourOptions = {}): Promise<Neighbours> {
  const { change, ...rest } = options
  const sandbox = await openSandbox({ database, ...rest })
  await applyTenant(sandbox.api, other, (definition) => {
    definition.tenant['id'] = own
    const { callbackToken, ...account } = ownAccount
    Object.assign(definition.operators[0] ?? {}, account, { callbackToken: { secret: `plain:${callbackToken}` } })
    Object.assign(definition.banks[0] ?? {}, { clientId: own })
    change?.(definition)
  })
  const owner = await settleBoth(sandbox)
  await buyTicket(sandbox.phone(theirNumber))
  const { store } = sandbox.house
  const filled = [...(await fillTenant(store, own)), ...(await fillTenant(store, other))]
  await untilStill(sandbox)
  return {
    sandbox,
    names: [
      ...(await listOwnNames(store, other, [own])),
      ...(await listPeopleNames(store, other)),
      { what: 'an address', name: addressOf(other) },
    ],
    known: await listKnown(sandbox),
    owner,
    clear: () => clearFilled(store, filled),
    stop: () => sandbox.stop(),
  }
}

const addressOf = (place: string): string => `owner@${place}.example`

/** Both have an owner who is signed in, and a link that nobody has used. */
async function settleBoth({ house, api }: Sandbox): Promise<Person> {
  const settled: Person[] = []
  for (const place of [other, own]) {
    settled.push(await settle(house.url, api, { place, email: addressOf(place), role: 'owner' }))
    await inviteTo(api, { place, email: `guest@${place}.example`, role: 'agent' })
  }
  const [, owner] = settled
  if (!owner) throw new Error('nobody was settled')
  return owner
}

/** Of everything that is a tenant's, its people included. */
export async function digestAll(store: Sandbox['house']['store'], tenant: string): Promise<Digests> {
  const digests = { ...(await digestTenant(store, tenant)), ...(await digestPeople(store, tenant)) }
  return Object.fromEntries(Object.entries(digests).filter(([table]) => !keptByTheHouse.has(table)))
}

type Digests = Readonly<Record<string, string>>

/** How far the bank's feed was read, and windows of limits that are over: the house goes on with these by itself. */
const keptByTheHouse: ReadonlySet<string> = new Set(['feed', 'grant_use'])

/** Until what was under way has ended. */
export async function untilStill({ house }: Sandbox): Promise<void> {
  for (let before = '', tries = 0; tries < 100; tries += 1) {
    const now = JSON.stringify([await digestAll(house.store, own), await digestAll(house.store, other)])
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
