import type { Bank } from '../app/bank.ts'
import { numberOf } from '../store/row.ts'
import { findBranch, services, type Branch, type Service } from './branch-list.ts'

/** A half hour at a branch for a service. */
export interface Slot {
  readonly id: string
  readonly branch: Branch
  readonly service: Service
  readonly day: string
  readonly fromMs: number
  readonly toMs: number
}

const halfHourMs = 30 * 60_000
const [firstHour, lastHour] = [9, 17]

/** All half hours of a day on which the branch is open; none on Sundays. */
export function listSlots(branch: Branch, service: Service, day: string): Slot[] {
  if (new Date(Date.parse(day)).getUTCDay() === 0) return []
  const count = (lastHour - firstHour) * 2
  return Array.from({ length: count }, (_, index) => buildSlot(branch, service, { day, index }))
}

function buildSlot(branch: Branch, service: Service, { day, index }: { day: string; index: number }): Slot {
  const hour = String(firstHour + Math.floor(index / 2)).padStart(2, '0')
  const minute = index % 2 === 0 ? '00' : '30'
  const fromMs = Date.parse(`${day}T${hour}:${minute}:00+08:00`)
  const id = `${branch.id}.${service}.${day}.${hour}${minute}`
  return { id, branch, service, day, fromMs, toMs: fromMs + halfHourMs }
}

export function findSlot(id: string): Slot | undefined {
  const [branchId = '', serviceName = '', day = ''] = id.split('.')
  const branch = findBranch(branchId)
  const service = services.find((name) => name === serviceName)
  if (!branch || !service || !branch.services.includes(service) || !/^\d{4}-\d{2}-\d{2}$/.test(day)) return undefined
  return listSlots(branch, service, day).find((slot) => slot.id === id)
}

/** False when nobody fits in any more: the condition and the change are one statement. */
export function commitSlotTaken(bank: Bank, { id, branch }: Slot): boolean {
  bank.db.run('insert into slots (id, capacity) values (?, ?) on conflict do nothing', id, branch.capacity)
  return bank.db.run('update slots set taken = taken + 1 where id = ? and taken < capacity', id) === 1
}

export function commitSlotFreed(bank: Bank, id: string): void {
  bank.db.run('update slots set taken = taken - 1 where id = ?', id)
}

export function countFree(bank: Bank, { id, branch }: Slot): number {
  const row = bank.db.find('select taken from slots where id = ?', id)
  return branch.capacity - (row ? numberOf(row, 'taken') : 0)
}
