/**
 * What a kill switch stops, each level with all before it: new runs, answers to open questions, holds and payments, the
 * plugin's code altogether.
 */
export const killLevels = ['runs', 'questions', 'money', 'code'] as const
export type KillLevel = (typeof killLevels)[number]

/** One thrown switch. Every part of the scope that is named has to be met; one that names nothing stops everything. */
export interface Kill {
  readonly level: KillLevel
  readonly plugin?: string
  readonly version?: string
  readonly tenant?: string
  readonly capability?: string
  /** A bank connection. */
  readonly provider?: string
}

/** Of whom it is asked: what is not known of it, or does not belong to it, meets no scope that names it. */
export type KillSubject = Omit<Kill, 'level'>

const parts = ['plugin', 'version', 'tenant', 'capability', 'provider'] as const

/** Whether a switch is thrown that stops this. Pure: the same switches and subject give the same answer everywhere. */
export function isKilled(kills: readonly Kill[], level: KillLevel, subject: KillSubject): boolean {
  const least = killLevels.indexOf(level)
  return kills.some(
    (kill) =>
      killLevels.indexOf(kill.level) >= least &&
      parts.every((part) => kill[part] === undefined || kill[part] === subject[part]),
  )
}
