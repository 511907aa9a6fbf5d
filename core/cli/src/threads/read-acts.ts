import { readFileSync } from 'node:fs'
import type { AdminApi } from '@inthread/client'
import { CommandError, exits } from '../commands/output.ts'

type SimulateInput = Parameters<AdminApi['threads']['simulate']['mutate']>[0]
export type Act = NonNullable<SimulateInput['acts']>[number]

export interface Script {
  readonly startsAt: number | undefined
  readonly acts: readonly Act[]
}

/** A script as "threads script" writes it: `{ "startsAt": …, "acts": [ … ] }`. */
export function readScriptFile(file: string): Script {
  try {
    const { startsAt, acts } = JSON.parse(readFileSync(file, 'utf8')) as Partial<Script>
    if (Array.isArray(acts)) return { startsAt, acts: acts as readonly Act[] }
  } catch {
    throw new CommandError(`${file} cannot be read, or is not JSON.`, exits.badInput)
  }
  throw new CommandError(`${file} has no list of acts: write one with "inthread threads script".`, exits.badInput)
}

const secondsIn: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 }

/** `tap:Buy`, `bank:accepts`, `wait:10m` …; whatever begins with none of these words is said by the user. */
export function readAct(text: string): Act {
  const [, does = '', what = ''] = /^(say|tap|pick|bank|settle|host|wait):([\s\S]+)$/.exec(text) ?? []
  switch (does) {
    case 'tap':
      return readTap(what)
    case 'pick':
      return { does: 'picks', label: what }
    case 'bank':
      return readBank(what)
    case 'settle':
      return { does: 'settles', result: what === 'declined' ? 'declined' : 'succeeded' }
    case 'host':
      return readHost(what)
    case 'wait':
      return { does: 'waits', seconds: readSeconds(what) }
    default:
      return { does: 'says', words: does === 'say' ? what : text }
  }
}

/** `Buy`, or `3/Buy` for the button of the message with the number 3. */
function readTap(what: string): Act {
  const [, message, label] = /^(\d{1,3})\/(.+)$/.exec(what) ?? []
  return label === undefined ? { does: 'taps', label: what } : { does: 'taps', label, message: Number(message) }
}

/** `accepts`, or an outcome with its data: `found={"bills":[]}`. */
function readBank(what: string): Act {
  const at = what.indexOf('=')
  if (at < 0) return { does: 'bank', answers: what }
  return { does: 'bank', answers: what.slice(0, at), data: what.slice(at + 1) }
}

const failures = ['unreachable', 'late', 'refused', 'malformed'] as const

function readHost(what: string): Act {
  const fails = failures.find((each) => each === what)
  return fails ? { does: 'host', fails } : { does: 'host', data: what }
}

function readSeconds(what: string): number {
  const [, count, unit = ''] = /^(\d{1,7})([smhd])$/.exec(what) ?? []
  if (count === undefined)
    throw new CommandError('wait: takes a time like wait:30s, wait:10m, wait:2h or wait:3d.', exits.badInput)
  return Number(count) * (secondsIn[unit] ?? 1)
}
