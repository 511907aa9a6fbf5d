import type { HoldCommand, WriteCommand } from '@inthread/sdk/engine'
import { findGuest } from '../fold/guest-fold.ts'
import type { Need, NeedAnswers, WriteNeed } from '../fold/need.ts'
import type { TurnInput } from '../fold/turn.ts'
import type { AllowedCall, NewOrder } from '../ports.ts'
import { isGuestNeed } from '../turn/guest-answers.ts'
import { freesHolds } from '../turn/answers.ts'
import { askGuest, type GuestTimes } from './memory/ask-guest.ts'
import type { Judged, SimulatedBank } from './bank.ts'
import type { MemoryHolds } from './memory/memory-holds.ts'
import type { MemoryShelf } from './memory/memory-shelf.ts'
import type { AskedOfBank, AskedOutside, Written } from './simulated-thread.ts'

export type Answer = NeedAnswers[Need['kind']]

/** What a simulated turn is answered from, and what it has asked for so far. */
export interface Surroundings {
  readonly shelf: MemoryShelf
  readonly holds: MemoryHolds
  readonly bank: SimulatedBank
  /** Those that were opened, by their ids. */
  readonly orders: Map<string, NewOrder>
  readonly times: GuestTimes
  readonly asked: AskedOutside[]
  readonly wrote: Written[]
}

/** Like the pipeline's answers, but for the database that would be written and the bank that would be asked. */
export function answerNeed(need: Need, input: TurnInput, around: Surroundings): Answer | Promise<Answer> {
  if (isGuestNeed(need)) return askGuest(need, input.tenancy.scope, around.times)
  if (need.kind === 'standing') return around.bank.describe(need.order)
  if (need.kind === 'locked') return around.holds.isLocked(need.holder)
  if (need.kind !== 'documents') return answerWrite(need, input, around)
  const { command, plugin } = need
  return around.shelf.read(command, { plugin, guest: findGuest(input, plugin), now: input.now })
}

async function answerWrite(need: WriteNeed, input: TurnInput, around: Surroundings): Promise<Answer> {
  const { bank, holds } = around
  switch (need.kind) {
    case 'write':
      return write(need, input, around)
    case 'hold':
      return hold(need, input, around)
    case 'open':
      around.orders.set(need.order.orderId, need.order)
      return tell(await bank.open(need.order), around, need.order)
    case 'allow':
      return tell(await bank.allow(need.call), around, need.call)
    case 'refund':
      return bank.refund(need.refund)
    case 'present':
      return bank.present(need.order, need)
    case 'consent':
      return bank.consent(need.order, need.now)
    case 'commit': {
      const answer = bank.commit(need.order, need.now)
      const order = around.orders.get(need.order.orderId)
      if (order && answer.kind === 'accepted') around.asked.push(describeOrder(order, 'handed_over'))
      if (answer.kind === 'accepted' && answer.moves !== false) holds.lock(need.holder)
      return answer
    }
    case 'refuse':
      return bank.refuse(need.order)
    case 'unlock':
      return void holds.unlock(need.holder)
    case 'close': {
      const outcome = bank.close(need.order, need.now)
      if (need.frees && freesHolds.has(outcome.name)) holds.unlock(need.holder)
      return outcome
    }
  }
}

type Asking = Pick<AllowedCall, 'bankId' | 'capability'> & Partial<Pick<NewOrder, 'operation' | 'input' | 'route'>>

/** An order is seen when it is opened. Of another call only a refusal is: what is allowed is asked, and seen then. */
function tell(judged: Judged, { asked }: Surroundings, call: Asking): NeedAnswers['open'] {
  if (judged.kind === 'refused') asked.push({ ...describeOrder(call, 'refused'), refusal: judged.refusal })
  else if (call.operation !== undefined) asked.push(describeOrder(call, 'opened'))
  return judged.kind === 'opened' ? judged : { kind: 'refused', reason: judged.reason }
}

function describeOrder(call: Asking, verdict: AskedOfBank['verdict']): AskedOfBank {
  const { bankId: bank, capability, operation = '', input, route } = call
  const written = route && `${route.method} ${route.path}`
  return { who: 'bank', bank, capability, operation, input, route: written, verdict, refusal: undefined }
}

type NeedOf<K extends Need['kind']> = Extract<Need, { kind: K }>

async function write({ plugin, command }: NeedOf<'write'>, input: TurnInput, around: Surroundings): Promise<Answer> {
  const looking = { plugin, guest: findGuest(input, plugin), now: input.now }
  const written = await around.shelf.write(command, looking)
  around.wrote.push({ ...nameWrite(command), plugin: plugin.contract.declaration.id, done: written })
  return { written }
}

function nameWrite({ to, act }: WriteCommand): Pick<Written, 'collection' | 'act'> {
  return { collection: to, act }
}

async function hold({ holder, command }: NeedOf<'hold'>, input: TurnInput, around: Surroundings): Promise<Answer> {
  const capacity = command.kind === 'reserve' ? await readCapacity(command, { holder, input, around }) : 0
  const answer = await around.holds.hold(holder, command, capacity)
  const done = 'hold' in answer ? answer.hold !== null : 'taken' in answer ? answer.taken : answer.released
  const collection = command.kind === 'reserve' ? command.from : ''
  around.wrote.push({ plugin: holder.plugin, collection, act: command.kind, done })
  return answer
}

interface Capacity {
  readonly holder: NeedOf<'hold'>['holder']
  readonly input: TurnInput
  readonly around: Surroundings
}

async function readCapacity(
  { from, key }: Extract<HoldCommand, { kind: 'reserve' }>,
  { holder, input, around }: Capacity,
): Promise<number> {
  const installation = input.bot.installations.find(({ plugin }) => plugin.contract.declaration.id === holder.plugin)
  if (!installation) return 0
  const { plugin, guest } = installation
  const command = { kind: 'read', visit: 0, from, by: 'key', key } as const
  const [document] = await around.shelf.read(command, { plugin, guest, now: input.now })
  const capacity = document?.[holder.capacityField]
  return typeof capacity === 'number' ? capacity : 0
}
