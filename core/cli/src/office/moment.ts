import { CommandError, exits } from '../commands/output.ts'

/** A moment with its zone, or a day, which begins in UTC. */
export function readTime(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const dated = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?(\.\d{1,3})?(Z|[+-]\d{2}:\d{2}))?$/.test(text)
  const milliseconds = dated ? Date.parse(text) : Number.NaN
  if (Number.isNaN(milliseconds) || milliseconds < 0)
    throw new CommandError(`${name} takes a day or a moment, like 2026-03-05 or 2026-03-05T08:00:00Z.`, exits.badInput)
  return milliseconds * 1000
}

export function tellTime(instant: number): string {
  return new Date(Math.floor(instant / 1000)).toISOString()
}
