import { Type } from 'typebox'
import type { Bank } from '../app/bank.ts'
import { renderInstant } from '../app/business-clock.ts'
import { commitDeed, commitDeedChange } from '../deeds/change-deed.ts'
import { defineDeed } from '../deeds/deed-kind.ts'
import { listDeedsOfCustomer, type Deed } from '../deeds/deeds.store.ts'
import { renderYuan } from '../credit/words.ts'
import { defineQuote, type QuoteDesk } from '../quotes/quote-routes.ts'
import { term, text, type Term } from '../quotes/terms.ts'
import { bilingual, instant, money } from '../routes/fields.ts'
import { Problem } from '../transport/problem.ts'
import { serviceNames, services } from './branch-list.ts'
import { commitSlotFreed, commitSlotTaken, findSlot, type Slot } from './slots.store.ts'

const lifeMs = 5 * 60_000
const dayMs = 24 * 3_600_000

export interface HoldFacts {
  readonly slot: string
  /** The cash that is wanted, minor units and currency. */
  readonly cash?: { readonly value: string; readonly currency: string }
}

/** A place that is kept while somebody makes up their mind. */
export const slotHolds = defineDeed<HoldFacts>({
  thing: 'slot_hold',
  prefix: 'hld',
  url: '/v1/slot-holds',
  name: 'SlotHold',
  states: ['held', 'used', 'released'],
  outcomes: { held: 'none', used: 'done', released: 'none' },
  view: Type.Object({}),
  render: () => ({}),
  step: (bank, { facts }) => release(bank, facts),
})

function release(bank: Bank, facts: HoldFacts): { state: string; facts: HoldFacts } {
  commitSlotFreed(bank, facts.slot)
  return { state: 'released', facts }
}

export const slotView = {
  slot: Type.String(),
  branch: Type.String(),
  branchName: bilingual,
  service: Type.Enum([...services]),
  serviceName: bilingual,
  from: instant,
  to: instant,
  cash: Type.Optional(money),
}

export function renderSlot({ id, branch, service, fromMs, toMs }: Slot): object {
  return {
    ...{ slot: id, branch: branch.id, branchName: branch.name, service, serviceName: serviceNames[service] },
    ...{ from: renderInstant(fromMs), to: renderInstant(toMs) },
  }
}

/** Keeps a place for five minutes: POST /v1/appointments books it. */
export const slotHoldQuotes = defineQuote({
  kind: 'slot-hold',
  prefix: 'slt',
  url: '/v1/slot-holds',
  name: 'SlotHold',
  summary: 'Keeps a place at a branch for five minutes; the place that was kept before is free again.',
  body: Type.Object({ slot: Type.String({ minLength: 1, maxLength: 64 }), cash: Type.Optional(money) }),
  view: Type.Object(slotView),
  lifeMs,
  problems: ['expired'],
  draw: (desk, { slot: id, cash }) => {
    const slot = findSlot(id)
    if (!slot) throw new Problem('not_found', 'There is no such half hour: GET /v1/branches/{id}/slots lists them.')
    if (slot.fromMs <= desk.now) throw new Problem('expired', 'This half hour is over.')
    assertWelcome(desk)
    releaseOthers(desk)
    const facts: HoldFacts = { slot: id, ...(cash ? { cash } : {}) }
    const hold = commitHold(desk, slot, facts)
    return {
      terms: buildRows(slot, facts),
      view: { ...renderSlot(slot), ...(cash ? { cash } : {}) },
      facts: { ...facts, hold },
    }
  },
})

/** Who did not come three times in ninety days waits for thirty; nobody has more than two open. */
function assertWelcome({ bank, link, now }: QuoteDesk): void {
  const which = { customerId: link.customerId, kind: 'appointment' }
  const missed = listDeedsOfCustomer(bank, { ...which, sinceMs: now - 90 * dayMs }).filter(isMissed)
  if (missed.length >= 3 && missed.some(({ updatedAt }) => updatedAt > now - 30 * dayMs)) {
    throw new Problem('state_conflict', 'The customer did not come three times: no appointments for thirty days.')
  }
}

function isMissed({ state }: Deed): boolean {
  return state === 'no_show'
}

function releaseOthers({ bank, link }: QuoteDesk): void {
  const held = listDeedsOfCustomer(bank, { customerId: link.customerId, kind: slotHolds.thing, sinceMs: 0 })
  for (const deed of held.filter(({ state }) => state === 'held')) {
    commitDeedChange(bank, slotHolds, { deed, change: release(bank, deed.facts as HoldFacts) })
  }
}

function commitHold({ bank, client, link, now }: QuoteDesk, slot: Slot, facts: HoldFacts): string {
  if (!commitSlotTaken(bank, slot)) throw new Problem('state_conflict', 'The last place is gone: choose another one.')
  const id = `hld_${bank.vault.randomName()}`
  const names = { clientId: client.id, linkId: link.id, customerId: link.customerId }
  commitDeed(bank, slotHolds, { id, ...names, state: 'held', facts, dueAt: now + lifeMs, createdAt: now })
  return id
}

function buildRows({ branch, service, fromMs }: Slot, { cash }: HoldFacts): Term[] {
  const at = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', dateStyle: 'long', timeStyle: 'short' })
  const en = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Shanghai', dateStyle: 'long', timeStyle: 'short' })
  return [
    term('branch', text('网点', 'Branch'), branch.name),
    term('address', text('地址', 'Address'), branch.address),
    term('service', text('业务', 'Service'), serviceNames[service]),
    term('time', text('时间', 'Time'), text(at.format(fromMs), en.format(fromMs))),
    ...(cash ? [term('cash', text('金额', 'Cash'), renderYuan(BigInt(cash.value)))] : []),
    term('bring', text('请携带', 'Bring'), text('本人身份证', 'your identity card')),
  ]
}
