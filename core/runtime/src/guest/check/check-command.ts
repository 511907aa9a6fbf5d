import type { AnyStep, Command } from '@inthread/sdk/engine'
import { addMs } from '@inthread/sdk/time'
import { checkContent } from './check-content.ts'
import { checkData } from './check-data.ts'
import type { CommandSetting } from './command-setting.ts'
import { refuseUnless } from './refusal.ts'

const waitAtMostMs = 400 * 86_400_000

/** What is said and told on the way. */
export function checkPassing({ plugin }: CommandSetting, command: Command): void {
  if (command.kind === 'say') return checkContent(plugin, command.content)
  refuseUnless(command.kind === 'emit', 'command.order')
  if (command.kind !== 'emit') return
  const { emits = {} } = plugin.contract.declaration
  const schema = Object.hasOwn(emits, command.event) ? emits[command.event] : undefined
  refuseUnless(schema?.safeParse(command.data).success === true, 'emit.undeclared')
}

/** What the run waits for is what its step says, word for word wherever the manifest knows it. */
export function checkLast(setting: CommandSetting, command: Command): void {
  const { step, state, event, plugin } = setting
  if (command.kind === 'end' && event.kind === 'cancelled') return
  refuseUnless(command.kind === step.kind, 'command.kind')
  if (command.kind === 'ask' && step.kind === 'ask') {
    checkContent(plugin, command.content)
    refuseUnless(command.timeoutAt === addMs(event.at, step.timeout.afterMs), 'ask.timeout')
    const remindAt = step.reminder && addMs(event.at, step.reminder.afterMs)
    refuseUnless(command.remindAt === remindAt, 'ask.reminder')
    refuseUnless(command.digits === (step.confidential ? step.shape?.digits : undefined), 'ask.digits')
    refuseUnless(command.again === state.unread > 0, 'ask.again')
  } else if (command.kind === 'run' && step.kind === 'run') {
    refuseUnless(command.flow === step.flow, 'run.flow')
  } else if (command.kind === 'wait' && step.kind === 'wait') {
    checkWait(step, command, event.at)
  } else {
    checkData(setting, command)
  }
}

type Wait = Extract<Command, { kind: 'wait' }>

function checkWait(step: Extract<AnyStep, { kind: 'wait' }>, { until, event }: Wait, at: number): void {
  if ('until' in step) {
    refuseUnless(event === undefined, 'wait.event')
    return refuseUnless(until <= addMs(at, waitAtMostMs), 'wait.until')
  }
  refuseUnless(event?.need === step.need && event.name === step.event, 'wait.event')
  refuseUnless(until === addMs(at, step.limitMs), 'wait.until')
}
