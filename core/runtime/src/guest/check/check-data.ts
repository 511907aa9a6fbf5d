import type { AnyStep, Command, Plugin, Slots } from '@inthread/sdk/engine'
import { addMs } from '@inthread/sdk/time'
import type { CommandSetting } from './command-setting.ts'
import { refuseUnless } from './refusal.ts'

const documentsAtMost = 50
const fetchDeadlineMs = { usual: 10_000, most: 30_000 }

/** Own collections, declared hosts, and capabilities: only those that the step names, and as it names them. */
export function checkData({ plugin, step, event }: CommandSetting, command: Command): void {
  if (command.kind === 'call' && step.kind === 'call') return checkCall(plugin, step, command)
  if (command.kind === 'read' && step.kind === 'read') return checkRead(plugin, step, command)
  if (command.kind === 'write' && step.kind === 'write') return checkWrite(plugin, step, command)
  if (command.kind === 'fetch' && step.kind === 'fetch') {
    const deadlineMs = Math.min(step.deadlineMs ?? fetchDeadlineMs.usual, fetchDeadlineMs.most)
    return refuseUnless(command.from === step.from && command.deadlineMs === deadlineMs, 'fetch.undeclared')
  }
  if (command.kind === 'reserve' && step.kind === 'reserve') {
    const { from, counter, until } = command
    refuseUnless(from === step.from && counter === step.counter, 'reserve.undeclared')
    return refuseUnless(until === addMs(event.at, step.holdMs), 'reserve.until')
  }
}

type StepOf<K extends AnyStep['kind']> = Extract<AnyStep, { kind: K }>
type CommandOf<K extends Command['kind']> = Extract<Command, { kind: K }>

/** The amount of an order is checked later, by the grants; here it only has to be what the operation takes. */
function checkCall(plugin: Plugin, step: StepOf<'call'>, { need: alias, operation, input }: CommandOf<'call'>): void {
  const need = plugin.contract.declaration.needs[alias]
  refuseUnless(alias === step.need && operation === step.operation && need !== undefined, 'call.undeclared')
  refuseUnless(need?.capability.operations[operation]?.input.safeParse(input).success === true, 'call.input')
}

function checkRead(plugin: Plugin, step: StepOf<'read'>, command: CommandOf<'read'>): void {
  refuseUnless(command.from === step.from && command.by === step.by, 'read.undeclared')
  if (!('where' in command)) return
  refuseUnless(command.limit === Math.min(step.limit ?? documentsAtMost, documentsAtMost), 'read.limit')
  const fields = plugin.contract.declaration.collections[step.from]?.indexes[step.by] ?? []
  const own = Object.entries(command.where).every(
    ([name, value]) => fields.includes(name) && ['string', 'number', 'boolean'].includes(typeof value),
  )
  refuseUnless(own, 'read.where')
}

function checkWrite(plugin: Plugin, step: StepOf<'write'>, command: CommandOf<'write'>): void {
  const act = 'put' in step ? 'put' : 'insert' in step ? 'insert' : 'remove'
  refuseUnless(command.to === step.to && command.act === act, 'write.undeclared')
  if (command.act === 'remove') return
  refuseUnless(isDocument(plugin, step.to, command.document), 'write.document')
}

function isDocument(plugin: Plugin, collection: string, document: Slots): boolean {
  return plugin.contract.declaration.collections[collection]?.schema.safeParse(document).success === true
}
