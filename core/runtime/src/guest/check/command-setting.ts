import type { AnyStep, Plugin, RunEvent, RunState } from '@inthread/sdk/engine'

/** What a guest's commands are measured against. */
export interface CommandSetting {
  readonly plugin: Plugin
  /** The step at which the run stands afterwards: what the last command has to come from. */
  readonly step: AnyStep
  readonly state: RunState
  readonly event: RunEvent
}
